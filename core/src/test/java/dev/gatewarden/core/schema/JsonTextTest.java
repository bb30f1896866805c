package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"abc\" | abc | true",
        "\"a\\u0062c\" | abc | true",
        "\"\\ud83d\\ude00\" | 😀 | true",
        "\"é\" | é | true",
        "\"\\u00e9\" | é | true",
        "\"a\\/b\" | a/b | true",
        "\"ab\" | abc | false",
        "\"abcd\" | abc | false",
        "\"\\u0061\" | b | false",
        "12 | 12 | false",
      })
  void compares_what_a_string_says(String json, String text, boolean same) {
    byte[] b = bytes(json);
    assertThat(JsonText.says(b, 0, b.length, bytes(text))).isEqualTo(same);
    if (same) {
      assertThat(JsonText.decode(b, 0, b.length)).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1.0, true", "1, 10e-1, true", "0, -0.0e5, true", "100, 1e2, true", "0.01, 1E-2, true",
    "1, 01e1, false", "1, -1, false", "12, 1.2, false", "10, 1, false", "0.1, 0.10001, false",
    "1e400, 10e399, true", "1e400, 1e401, false",
  })
  void compares_numbers_by_value(String one, String other, boolean same) {
    assertThat(JsonText.sameNumber(bytes(one), 0, one.length(), bytes(other), 0, other.length()))
        .isEqualTo(same);
    assertThat(JsonText.sameLiteral(bytes(one), 0, one.length(), bytes(one))).isTrue();
  }

  @Property
  void agrees_with_big_decimals(@ForAll BigDecimal one, @ForAll boolean near) {
    String a = one.toString();
    String b = near ? one.setScale(one.scale() + 2).toPlainString() : one.negate().toString();
    assertThat(JsonText.sameNumber(bytes(a), 0, a.length(), bytes(b), 0, b.length()))
        .isEqualTo(one.compareTo(new BigDecimal(b)) == 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"a\\u0062\" | \"ab\" | true",
        "\"ab\" | \"a\" | false",
        "\"é\" | \"\\u00e9\" | true",
      })
  void compares_strings_with_each_other(String one, String other, boolean same) {
    byte[] b = bytes(one + other);
    int cut = bytes(one).length;
    assertThat(JsonText.sameString(b, 0, cut, cut, b.length)).isEqualTo(same);
  }
}
