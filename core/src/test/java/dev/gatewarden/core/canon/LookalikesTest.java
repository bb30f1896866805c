package dev.gatewarden.core.canon;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookalikesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "．．", "‥", "․․", "…", "a／b", "a∕b", "a⁄b", "a＼b", "a∖b", "a¥b", "a₩b", "％2e", "a；b", "a？b",
        "a＃b", "a。b", "℀", "⒈", "﹒", "a⧸b"
      })
  void refuses_what_some_platforms_turn_into_a_separator(String segment) {
    assertThat(PathReader.read("/p/" + encoded(segment)))
        .isEqualTo(OneReading.refused(Ambiguity.LOOKALIKE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u200Bb",
        "\uFEFFa",
        "a\u202Etxt",
        "a\u00ADb",
        "a\u2060b",
        "a\u2066b",
        "a\uDB40\uDC41"
      })
  void refuses_what_nobody_sees(String segment) {
    assertThat(PathReader.read("/p/" + encoded(segment)))
        .isEqualTo(OneReading.refused(Ambiguity.INVISIBLE));
    assertThat(TargetReader.read("/p?" + encoded(segment) + "=1"))
        .isEqualTo(OneReading.refused(Ambiguity.INVISIBLE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "é",
        "日本語",
        "ﬁ",
        "½",
        "ｆｕｌｌ",
        "می\u200Cخواهم",
        "👩\u200D🚀",
        "ª",
        "²",
        "a·b",
        "“x”",
        "—"
      })
  void lets_letters_be_letters(String segment) {
    assertThat(PathReader.read("/p/" + encoded(segment))).isInstanceOf(OneReading.Clear.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"．．", "a／b", "100％", "…"})
  void leaves_query_values_alone(String value) {
    assertThat(TargetReader.read("/p?q=" + encoded(value))).isInstanceOf(OneReading.Clear.class);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
