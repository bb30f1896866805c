package dev.gatewarden.core.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Whatever the bytes are, a reader answers with a tree or with problems that name a place.
class ReadersFuzzTest {
  private static final List<String> SEEDS =
      List.of(
          "{\"a\": [1, -2.5e3, true, null, \"x\\u00e4\\ud83d\\ude00\"], \"b\": {\"c\": {}}}",
          "a: &x [1, 'two', \"th\\u0072ee\"]\nb: *x\nc: |\n  text\n  more\nd: {e: !!str 1, f: ~}\n",
          "? a\n"
              + ": - b\n"
              + "  - c: >-\n"
              + "      folded\n"
              + "# comment\n"
              + "%TAG ! tag:x,2000:\n"
              + "--- !!map\n"
              + "{}\n"
              + "...\n",
          "- - - a\n    - b\n-\n- ? x\n- {? y : z}\n- [a: b, 'c']\n- !<tag:yaml.org,2002:str> d\n");

  @Property(tries = 4000)
  void never_throws_anything_but_problems(
      @ForAll @IntRange(max = 3) int seed,
      @ForAll boolean json,
      @ForAll @Size(max = 6) List<@IntRange(max = 1 << 20) Integer> places,
      @ForAll @Size(min = 6, max = 6) List<Byte> bytes) {
    byte[] text = SEEDS.get(seed).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < places.size(); i++) {
      text = changed(text, places.get(i), bytes.get(i), i % 3);
    }
    for (String problem : Texts.problems(json ? "a.json" : "a.yaml", text)) {
      assertThat(problem).matches("(?s)a\\.(json|yaml):\\d+:\\d+: .+");
    }
  }

  private static byte[] changed(byte[] text, int place, byte by, int how) {
    if (text.length == 0) {
      return new byte[] {by};
    }
    int at = place % text.length;
    return switch (how) {
      case 0 -> {
        byte[] other = text.clone();
        other[at] = by;
        yield other;
      }
      case 1 -> {
        byte[] longer = new byte[text.length + 1];
        System.arraycopy(text, 0, longer, 0, at);
        longer[at] = "{}[]:,&*!|>'\"%@`#-? \t\n".getBytes(StandardCharsets.UTF_8)[(by & 0xFF) % 22];
        System.arraycopy(text, at, longer, at + 1, text.length - at);
        yield longer;
      }
      default -> {
        byte[] shorter = new byte[text.length - 1];
        System.arraycopy(text, 0, shorter, 0, at);
        System.arraycopy(text, at + 1, shorter, at, text.length - at - 1);
        yield shorter;
      }
    };
  }
}
