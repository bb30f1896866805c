package dev.gatewarden.core.schema.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// A deterministic automaton over code points that finds a match anywhere in a text.
final class Dfa {
  private static final int MOST_STATES = 4_096;
  private static final int MOST_CELLS = 1 << 20;
  private static final int DEAD = -1;

  /// Automata of at most so many states have a table for raw bytes.
  private static final int FEW_STATES = 64;

  private static final char LOST = 0xFFFE;
  private static final char STOP = 0xFFFF;

  private final byte[] ascii;
  private final int[] cuts;
  private final int classes;
  private int[] next = new int[0];
  private boolean[] accepts = new boolean[0];
  private boolean[] acceptsAtEnd = new boolean[0];

  /// For each state and character of ASCII the offset of the next state's row, [#LOST] where
  /// nothing is found any more, [#STOP] where a string of JSON ends or hides something; empty for
  /// many states.
  private final char[] raw;

  Dfa(Nfa nfa) {
    TreeSet<Integer> edges = new TreeSet<>();
    edges.add(0);
    for (int i = 0; i < nfa.size(); i++) {
      CharSet set = nfa.state(i).set();
      if (set != null) {
        for (int k = 0; k < set.ranges().length; k += 2) {
          edges.add(set.ranges()[k]);
          edges.add(set.ranges()[k + 1] + 1);
        }
      }
    }
    int[] fine = edges.stream().mapToInt(Integer::intValue).toArray();
    cuts = fine;
    classes = fine.length;
    ascii = new byte[128];
    for (int c = 0; c < 128; c++) {
      ascii[c] = (byte) Math.min(127, classOf(c));
    }
    determine(nfa);
    raw = accepts.length <= FEW_STATES ? raw() : new char[0];
  }

  private char[] raw() {
    char[] rows = new char[accepts.length * 128];
    for (int i = 0; i < rows.length; i++) {
      int state = i >> 7;
      int c = i & 127;
      if (c < ' ' || c == '"' || c == '\\') {
        rows[i] = STOP;
      } else {
        int to = accepts[state] ? state : next[state * classes + classOf(c)];
        rows[i] = to == DEAD ? LOST : (char) (to << 7);
      }
    }
    return rows;
  }

  /// The closing quote of a raw string without escapes and of ASCII alone in which a match stands;
  /// -1 when that takes a closer look.
  int quote(byte[] b, int from, int to) {
    char[] rows = raw;
    int row = 0;
    for (int at = from; at < to && rows.length > 0; at++) {
      int c = b[at];
      if (c < 0) {
        return -1;
      }
      char following = rows[row | c];
      if (following >= LOST) {
        int state = row >> 7;
        return c == '"' && (accepts[state] || acceptsAtEnd[state]) ? at : -1;
      }
      row = following;
    }
    return -1;
  }

  private int classOf(int point) {
    int found = Arrays.binarySearch(cuts, point);
    return found >= 0 ? found : -found - 2;
  }

  private void determine(Nfa nfa) {
    BitSet first = new BitSet();
    first.set(0);
    BitSet anywhere = nfa.closure(first, false, false);
    Map<BitSet, Integer> numbers = new HashMap<>();
    List<BitSet> sets = new ArrayList<>();
    List<int[]> rows = new ArrayList<>();
    List<Boolean> ends = new ArrayList<>();
    sets.add(nfa.closure(first, true, false));
    ends.add(nfa.closure(first, true, true).get(nfa.accepting()));
    for (int i = 0; i < sets.size(); i++) {
      BitSet set = sets.get(i);
      int[] row = new int[classes];
      Arrays.fill(row, DEAD);
      rows.add(row);
      if (set.get(nfa.accepting())) {
        continue;
      }
      for (int c = 0; c < classes; c++) {
        BitSet to = step(nfa, set, cuts[c]);
        to.or(first);
        to = nfa.closure(to, false, false);
        to.or(anywhere);
        Integer number = numbers.get(to);
        if (number == null) {
          number = sets.size();
          numbers.put(to, number);
          sets.add(to);
          ends.add(nfa.closure(to, false, true).get(nfa.accepting()));
          if (sets.size() > MOST_STATES || (long) sets.size() * classes > MOST_CELLS) {
            throw new IllegalArgumentException("it needs too many states");
          }
        }
        row[c] = number;
      }
    }
    next = new int[rows.size() * classes];
    accepts = new boolean[rows.size()];
    acceptsAtEnd = new boolean[rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, next, i * classes, classes);
      accepts[i] = sets.get(i).get(nfa.accepting());
      acceptsAtEnd[i] = ends.get(i);
    }
    markDead();
  }

  private static BitSet step(Nfa nfa, BitSet set, int point) {
    BitSet to = new BitSet();
    for (int s = set.nextSetBit(0); s >= 0; s = set.nextSetBit(s + 1)) {
      Nfa.State state = nfa.state(s);
      CharSet chars = state.set();
      if (chars != null && chars.has(point)) {
        to.set(state.next());
      }
    }
    return to;
  }

  /// States from which nothing is ever found lead to none, so that a text that cannot match is left
  /// at once.
  private void markDead() {
    boolean[] alive = new boolean[accepts.length];
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = accepts.length - 1; i >= 0; i--) {
        if (!alive[i] && (accepts[i] || acceptsAtEnd[i] || leads(i, alive))) {
          alive[i] = true;
          changed = true;
        }
      }
    }
    for (int i = 0; i < next.length; i++) {
      if (next[i] >= 0 && !alive[next[i]]) {
        next[i] = DEAD;
      }
    }
  }

  private boolean leads(int state, boolean[] alive) {
    for (int c = 0; c < classes; c++) {
      int to = next[state * classes + c];
      if (to >= 0 && alive[to]) {
        return true;
      }
    }
    return false;
  }

  /// Whether a match stands somewhere in well-formed UTF-8.
  boolean finds(byte[] text, int from, int to) {
    int state = 0;
    int at = from;
    while (!accepts[state]) {
      if (at >= to) {
        return acceptsAtEnd[state];
      }
      int lead = text[at];
      int kind;
      if (lead >= 0) {
        kind = ascii[lead];
        kind = kind == 127 ? classOf(lead) : kind;
        at++;
      } else {
        int length = lead >= -16 ? 4 : lead >= -32 ? 3 : 2;
        kind = classOf(point(text, at, length));
        at += length;
      }
      state = next[state * classes + kind];
      if (state == DEAD) {
        return false;
      }
    }
    return true;
  }

  private static int point(byte[] text, int at, int length) {
    int point = text[at] & (0x7F >> length);
    for (int i = 1; i < length; i++) {
      point = point << 6 | (text[at + i] & 0x3F);
    }
    return point;
  }
}
