package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/// Values nobody describes are skipped in a loop; a twin that calls itself for each of them finds
/// the same ends and the same faults.
class SkipProperties {
  private static final Bounds SMALL =
      Bounds.DEFAULT.depth(5).keys(4).items(4).stringBytes(5).numberDigits(6).exponent(20);
  private static final String[] SCALARS = {
    "0",
    "-1",
    "2.5e1",
    "1234567",
    "\"\"",
    "\"ab\"",
    "\"\\u0061\"",
    "\"é\"",
    "\"too long\"",
    "true",
    "false",
    "null"
  };
  private static final String[] NAMES = {"a", "b", "c", "\\u0061", "é", "", "d", "e"};
  private static final String BROKEN = "{}[],:\"\\ 01e-tn\n\0\u00ff";

  @Property(tries = 4_000, shrinking = ShrinkingMode.OFF)
  void finds_what_its_twin_finds(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder json = new StringBuilder();
    write(json, random, random.nextInt(8));
    byte[] whole = json.toString().getBytes(StandardCharsets.UTF_8);
    agree(whole, random);
    for (int i = 0; i < 8; i++) {
      byte[] broken = whole.clone();
      int at = random.nextInt(broken.length);
      broken[at] = (byte) BROKEN.charAt(random.nextInt(BROKEN.length()));
      agree(broken, random);
      agree(Arrays.copyOf(broken, at), random);
    }
  }

  private static void agree(byte[] json, Random random) {
    Bounds bounds = random.nextBoolean() ? SMALL : Bounds.DEFAULT;
    Visit visit = begun(json, bounds);
    int end = Skip.value(visit, 0);
    Visit other = begun(json, bounds);
    int expected = new SkipTwin(other).value(0, 0);
    String shown = new String(json, StandardCharsets.ISO_8859_1);
    assertThat(end).as(shown).isEqualTo(expected);
    assertThat(told(visit)).as(shown).isEqualTo(told(other));
    assertThat(visit.depth).isZero();
    assertThat(end < 0 || visit.keys.top() == 0).isTrue();
    Visit again = begun(json, bounds);
    again.composites = 1;
    assertThat(Skip.value(again, 0)).isEqualTo(end);
    assertThat(again.explanation == null || told(again).equals(told(visit))).isTrue();
    if (end == json.length) {
      assertThat(Skip.value(again, 0)).isEqualTo(end);
      assertThat(Skip.judged(again, 0)).isEqualTo(end);
      assertThat(Skip.over(json, 0)).isEqualTo(end);
    }
  }

  private static Visit begun(byte[] json, Bounds bounds) {
    Visit visit = new Visit(7);
    visit.begin(json, 0, json.length, bounds);
    visit.explanation = Explanation.telling(Violation.Limits.DEFAULT);
    return visit;
  }

  private static List<String> told(Visit visit) {
    assert visit.explanation != null;
    return visit.explanation.found().stream().map(one -> one.word() + " " + one.at()).toList();
  }

  private static void write(StringBuilder json, Random random, int depth) {
    String space = random.nextInt(5) == 0 ? " \n" : "";
    if (depth == 0 || random.nextInt(5) == 0) {
      json.append(SCALARS[random.nextInt(SCALARS.length)]);
      return;
    }
    boolean object = random.nextBoolean();
    json.append(object ? '{' : '[').append(space);
    Set<String> used = new HashSet<>();
    for (int left = random.nextInt(6), i = 0; i < left; i++) {
      json.append(i == 0 ? "" : ",").append(space);
      if (object) {
        String name = NAMES[random.nextInt(NAMES.length)];
        name = used.add(name) || random.nextInt(9) == 0 ? name : "x" + i;
        json.append('"').append(name).append('"').append(space).append(':').append(space);
      }
      write(json, random, random.nextInt(depth));
      json.append(space);
    }
    json.append(object ? '}' : ']');
  }

  /// The slow and obvious one; it leaves words to the room's own readers of words.
  private record SkipTwin(Visit v) {

    int value(int at, int depth) {
      if (at >= v.to) {
        return v.broken(at, Keyword.SYNTAX);
      }
      return switch (v.bytes[at]) {
        case '{' -> object(at, depth + 1);
        case '[' -> array(at, depth + 1);
        case '"' -> text(at);
        case 't', 'f', 'n' -> BasicRules.word(v, at);
        case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Numbers.end(v, at);
        default -> v.broken(at, Keyword.SYNTAX);
      };
    }

    private int text(int at) {
      int quote = Scan.string(v, at + 1);
      return quote < 0 ? quote : quote + 1;
    }

    private int object(int start, int depth) {
      if (depth > v.bounds.depth()) {
        return v.broken(start, Keyword.MAX_DEPTH);
      }
      int at = space(start + 1);
      if (is(at, '}')) {
        return at + 1;
      }
      Set<String> names = new HashSet<>();
      while (true) {
        if (!is(at, '"')) {
          return v.broken(at, Keyword.SYNTAX);
        }
        int behind = text(at);
        if (behind < 0) {
          return behind;
        }
        if (!names.add(JsonText.decode(v.bytes, at, behind))) {
          return v.broken(at, Keyword.DUPLICATE_KEY);
        }
        if (names.size() > v.bounds.keys()) {
          return v.broken(at, Keyword.MAX_KEYS);
        }
        int colon = space(behind);
        if (!is(colon, ':')) {
          return v.broken(colon, Keyword.SYNTAX);
        }
        int end = value(space(colon + 1), depth);
        if (end < 0) {
          return end;
        }
        at = space(end);
        if (is(at, '}')) {
          return at + 1;
        }
        if (!is(at, ',')) {
          return v.broken(at, Keyword.SYNTAX);
        }
        at = space(at + 1);
      }
    }

    private int array(int start, int depth) {
      if (depth > v.bounds.depth()) {
        return v.broken(start, Keyword.MAX_DEPTH);
      }
      int at = space(start + 1);
      if (is(at, ']')) {
        return at + 1;
      }
      for (int count = 1; ; count++) {
        if (count > v.bounds.items()) {
          return v.broken(start, Keyword.MAX_ITEMS);
        }
        int end = value(at, depth);
        if (end < 0) {
          return end;
        }
        at = space(end);
        if (is(at, ']')) {
          return at + 1;
        }
        if (!is(at, ',')) {
          return v.broken(at, Keyword.SYNTAX);
        }
        at = space(at + 1);
      }
    }

    private boolean is(int at, char sign) {
      return at < v.to && v.bytes[at] == sign;
    }

    private int space(int from) {
      int at = from;
      while (at < v.to && " \t\r\n".indexOf(v.bytes[at]) >= 0) {
        at++;
      }
      return at;
    }
  }
}
