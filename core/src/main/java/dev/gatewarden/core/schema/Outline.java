package dev.gatewarden.core.schema;

import java.util.Arrays;

/// The members and items of a document that is JSON, so that the one around an offset is found:
/// numbered in the order of the text, the whole document being number 0.
final class Outline {
  private static final int WIDTH = 4;
  private static final int NAME = 0;
  private static final int FROM = 1;
  private static final int TO = 2;
  private static final int PARENT = 3;

  private final byte[] b;
  private int[] nodes = new int[64 * WIDTH];
  private int size;

  private Outline(byte[] b) {
    this.b = b;
  }

  /// The outline of a document that was judged to be JSON.
  static Outline of(byte[] b, int from, int to) {
    Outline outline = new Outline(b);
    outline.read(from, to);
    return outline;
  }

  private void read(int from, int to) {
    int open = -1;
    int name = -1;
    int at = Scan.space(b, from, to);
    while (at < to) {
      byte c = b[at];
      if (c == '}' || c == ']') {
        nodes[open * WIDTH + TO] = ++at;
        open = nodes[open * WIDTH + PARENT];
      } else if (c == ',' || c == ':') {
        at++;
      } else if (c == '"' && name < 0 && open >= 0 && b[from(open)] == '{') {
        name = at;
        at = Skip.quote(b, at + 1) + 1;
      } else {
        int node = add(name < 0 ? at : name, at, open);
        name = -1;
        if (c == '{' || c == '[') {
          open = node;
          at++;
        } else {
          at = Math.min(Skip.over(b, at), to);
          nodes[node * WIDTH + TO] = at;
        }
      }
      at = Scan.space(b, at, to);
    }
  }

  private int add(int name, int from, int parent) {
    int base = size * WIDTH;
    if (base == nodes.length) {
      nodes = Arrays.copyOf(nodes, nodes.length * 2);
    }
    nodes[base + NAME] = name;
    nodes[base + FROM] = from;
    nodes[base + PARENT] = parent;
    return size++;
  }

  /// The innermost member or item around an offset, its name included.
  int around(int offset) {
    int low = 0;
    int high = size - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (name(middle) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    while (low > 0 && to(low) <= offset) {
      low = parent(low);
    }
    return low;
  }

  /// The number of the first member or item that begins at an offset or behind it.
  int firstFrom(int offset) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (name(middle) < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  int name(int node) {
    return nodes[node * WIDTH + NAME];
  }

  int from(int node) {
    return nodes[node * WIDTH + FROM];
  }

  int to(int node) {
    return nodes[node * WIDTH + TO];
  }

  /// What a member or item stands in; -1 for the whole.
  int parent(int node) {
    return nodes[node * WIDTH + PARENT];
  }

  /// The member of that name, or the item of that number; -1 where there is none.
  int child(int node, String token) {
    boolean members = b[from(node)] == '{';
    int number = 0;
    for (int i = node + 1; i < size && from(i) < to(node); i = firstFrom(to(i))) {
      if (members ? isMember(i, node, token) : token.equals(Integer.toString(number++))) {
        return i;
      }
    }
    return -1;
  }

  boolean within(int node, int outer) {
    return from(outer) <= from(node) && to(node) <= to(outer);
  }

  /// Whether a node is the member of that name in an object.
  boolean isMember(int node, int object, String name) {
    return parent(node) == object
        && name(node) < from(node)
        && JsonText.decode(b, name(node), Skip.quote(b, name(node) + 1) + 1).equals(name);
  }
}
