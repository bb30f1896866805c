package dev.gatewarden.core.schema.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextPatternTest {

  private static boolean finds(String pattern, String text) {
    byte[] bytes = ("x" + text + "x").getBytes(StandardCharsets.UTF_8);
    TextPattern compiled = TextPattern.compile(pattern);
    boolean found = compiled.finds(bytes, 1, bytes.length - 1);
    byte[] raw = (text + "\",").getBytes(StandardCharsets.UTF_8);
    int quote = compiled.quote(raw, 0, raw.length);
    if (quote >= 0) {
      assertThat(found).as("a glance at " + text + " for " + pattern).isTrue();
      assertThat(text).matches("[ !#-\\[\\]-\u007f]*").hasSize(quote);
    }
    return found;
  }

  @Test
  void glances_at_raw_strings_up_to_their_closing_quote() {
    TextPattern sku = TextPattern.compile("^[A-Z]{3}-[0-9]+$");
    byte[] json = "\"ABC-12\",\"abc\",\"ABC-\\u0031\"".getBytes(StandardCharsets.UTF_8);
    assertThat(sku.quote(json, 1, json.length)).isEqualTo(7);
    assertThat(sku.quote(json, 1, 7)).isEqualTo(-1);
    assertThat(sku.quote(json, 10, json.length)).isEqualTo(-1);
    assertThat(sku.quote(json, 16, json.length)).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      value = {
        "a ¦ cab ¦ xyz",
        "^a ¦ ab ¦ ba",
        "a$ ¦ ba ¦ ab",
        "^$ ¦ `` ¦ a",
        "^a|b$ ¦ xb ¦ bx",
        "^(a|b)+$ ¦ abab ¦ abac",
        "^\\d{3}-\\d{2,}$ ¦ 123-45678 ¦ 123-4",
        "^[^a-c]$ ¦ d ¦ b",
        "^.$ ¦ 😀 ¦ ab",
        "^\\S+$ ¦ aé ¦ a\u00a0b",
        "^[\\w.-]+$ ¦ a_b-c.d ¦ a b",
        "^\\p{Lu} ¦ Éa ¦ éa",
        "^\\p{Script=Greek}+$ ¦ αβγ ¦ abc",
        "^(?=.*[A-Z])(?=.*\\d).{8,}$ ¦ Passw0rd ¦ password1",
        "^(?!admin$).*$ ¦ administrator ¦ admin",
        "^(?!xn--)[a-z-]+$ ¦ abc ¦ xn--abc",
        "^a{0}$ ¦ `` ¦ a",
        "^(ab){2,3}$ ¦ ababab ¦ abababab",
        "^\\u{1F600}$ ¦ 😀 ¦ 😁",
        "^\\ud83d\\ude00$ ¦ 😀 ¦ 😁",
        "^[\\u0020-\\u007e]*$ ¦ ~~ ¦ é",
        "x{2,}y ¦ axxxy ¦ axy",
        "^a*?b$ ¦ aab ¦ aa",
      })
  void finds_the_one_and_not_the_other(String pattern, String found, String other) {
    assertThat(finds(pattern, found)).isTrue();
    assertThat(finds(pattern, other)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a)\\1",
        "(?<=a)b",
        "a(?=b)c",
        "\\bword",
        "(",
        ")",
        "[a",
        "a{2,1}",
        "*a",
        "a**",
        "\\",
        "\\Z",
        "\\p{Nonsense}",
        "[z-a]",
        "(?<1>a)",
        "(?i)a",
        "((a{1000}){1000}){1000}"
      })
  void refuses_what_it_cannot_judge_exactly(String pattern) {
    assertThatThrownBy(() -> TextPattern.compile(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be judged");
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void agrees_with_a_backtracking_engine(@ForAll long seed) {
    Random random = new Random(seed);
    String pattern =
        (random.nextInt(4) == 0 ? "^" : "")
            + pattern(random, 2)
            + (random.nextInt(4) == 0 ? "$" : "");
    Pattern reference = Pattern.compile(pattern);
    TextPattern compiled = compiled(pattern);
    for (int i = 0; i < 20; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(6); k > 0; k--) {
        text.appendCodePoint("abcé".codePointAt(random.nextInt(4)));
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      assertThat(compiled.finds(bytes, 0, bytes.length))
          .as(pattern + " in " + text)
          .isEqualTo(reference.matcher(text).find());
    }
  }

  /// A few patterns made at random need more states than any that people write.
  private static TextPattern compiled(String pattern) {
    try {
      return TextPattern.compile(pattern);
    } catch (IllegalArgumentException e) {
      Assume.that(!e.getMessage().endsWith("it needs too many states"));
      throw e;
    }
  }

  private static String pattern(Random random, int depth) {
    StringBuilder pattern = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      pattern.append(atom(random, depth));
      pattern.append(
          new String[] {"", "", "*", "+", "?", "{2}", "{1,2}", "{0,3}"}[random.nextInt(8)]);
    }
    return pattern.toString();
  }

  private static String atom(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> "a";
      case 1 -> "b";
      case 2 -> "[^a]";
      case 3 -> "[b-é]";
      case 4 -> "(?:" + pattern(random, depth - 1) + ")";
      default -> "(" + pattern(random, depth - 1) + "|" + pattern(random, depth - 1) + ")";
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "(?<n>a)\\k<n> true",
        "(?<n>a)\\k<m> false",
        "(?<n>a)\\k<> false",
        "(?<n>a)\\kn> false",
        "\\k<n>(?<n>a) true",
        "(a)\\1 true",
        "(a)\\2 false",
        "(?:a)\\1 false",
        "(a)(b)\\12 false",
        "\\1(a) true",
      })
  void knows_which_references_lead_to_a_group(String pattern, boolean wellFormed) {
    assertThat(TextPattern.wellFormed(pattern)).isEqualTo(wellFormed);
  }
}
