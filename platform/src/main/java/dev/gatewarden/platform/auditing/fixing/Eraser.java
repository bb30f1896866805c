package dev.gatewarden.platform.auditing.fixing;

import dev.gatewarden.core.document.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes members and items out of a document, and leaves the comments around them.
///
/// One that is not the last of what is left goes with what stands between it and the next.
record Eraser(Text text) {

  /// What takes some entries away; null where that cannot be told, or where none would be left.
  ///
  /// @param gone the indexes of those that go
  @Nullable List<Text.Edit> without(Node around, Set<Integer> gone, int depth) {
    List<Integer> begins = new ArrayList<>();
    switch (around) {
      case Node.Obj object ->
          object.entries().forEach(each -> begins.add(text.offset(each.namePlace())));
      case Node.Arr(var _, List<Node> items) ->
          items.forEach(each -> begins.add(text.offset(each.place())));
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> {
        return null;
      }
    }
    if (gone.size() >= begins.size()) {
      return null;
    }
    int from = text.offset(around.place());
    boolean braces = from < text.length() && "{[".indexOf(text.at(from)) >= 0;
    return braces ? inBraces(from, begins, gone, depth) : inBlock(around, begins, gone, depth);
  }

  private @Nullable List<Text.Edit> inBraces(
      int from, List<Integer> begins, Set<Integer> gone, int depth) {
    int close = text.closing(from);
    if (close < 0) {
      return null;
    }
    int end = behind(close);
    int kept = begins.size() - 1;
    while (gone.contains(kept)) {
      kept--;
    }
    List<Text.Edit> edits = new ArrayList<>();
    for (int index : gone) {
      if (index < kept) {
        edits.add(new Text.Edit(begins.get(index), begins.get(index + 1), "", depth));
      }
    }
    if (kept < begins.size() - 1) {
      int comma = text.comma(begins.get(kept));
      if (comma < 0) {
        return null;
      }
      edits.add(new Text.Edit(comma, comma + 1, "", depth));
      edits.add(new Text.Edit(Math.max(comma + 1, behind(begins.get(kept + 1))), end, "", depth));
    }
    return edits;
  }

  /// Where what stands before a place ends.
  private int behind(int at) {
    int end = at;
    while (Character.isWhitespace(text.at(end - 1))) {
      end--;
    }
    return end;
  }

  private List<Text.Edit> inBlock(Node around, List<Integer> begins, Set<Integer> gone, int depth) {
    boolean list = around instanceof Node.Arr;
    List<Text.Edit> edits = new ArrayList<>();
    for (int index : gone) {
      int start = text.lineStart(begins.get(index));
      int line = lineOf(start);
      String first = text.line(line);
      int indent = first.length() - first.stripLeading().length();
      int end = new Blocks(text).end(line, indent, !list);
      edits.add(new Text.Edit(start, text.begin(end + 1), "", depth));
    }
    return edits;
  }

  private int lineOf(int offset) {
    int low = 1;
    int high = text.lines();
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (text.begin(middle) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
