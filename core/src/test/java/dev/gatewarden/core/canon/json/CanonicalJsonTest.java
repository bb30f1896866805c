package dev.gatewarden.core.canon.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

  /// RFC 8785, sections 3.2.2 and 3.2.4.
  @Test
  void writes_the_example_of_the_standard_as_the_standard_does() {
    String input =
        """
        {
          "numbers": [333333333.33333329, 1E30, 4.50,
                      2e-3, 0.000000000000000000000000001],
          "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
          "literals": [null, true, false]
        }
        """;
    assertThat(canonical(input))
        .isEqualTo(
            "{\"literals\":[null,true,false],"
                + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  /// RFC 8785, section 3.2.3.
  @Test
  void sorts_names_by_their_utf_16_code_units() {
    String input =
        """
        {
          "\\u20ac": "Euro Sign",
          "\\r": "Carriage Return",
          "\\ufb33": "Hebrew Letter Dalet With Dagesh",
          "1": "One",
          "\\ud83d\\ude00": "Emoji: Grinning Face",
          "\\u0080": "Control",
          "\\u00f6": "Latin Small Letter O With Diaeresis"
        }
        """;
    assertThat(canonical(input))
        .isEqualTo(
            "{\"\\r"
                + "\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small"
                + " Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning"
                + " Face\",\"\uFB33\":\"Hebrew Letter Dalet With Dagesh\"}");
  }

  /// RFC 8785, appendix B: doubles by their bits.
  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2"
  })
  void writes_numbers_as_the_table_of_the_standard(String bits, String written) {
    double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
    assertThat(CanonicalNumber.of(value)).isEqualTo(written);
    assertThat(canonical(Double.toString(value))).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({
    "2e-323, 2e-323",
    "1.0, 1",
    "100, 100",
    "1e0, 1",
    "-0.0, 0",
    "9E22, 9e+22",
    "1e21, 1e+21",
    "123456789012345678901, 123456789012345680000",
    "0.1, 0.1",
    "1e-6, 0.000001",
    "1e-7, 1e-7"
  })
  void writes_numbers_as_short_as_can_be(String literal, String written) {
    assertThat(canonical(literal)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "01",
        "1.",
        ".5",
        "+1",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800\\u0041\"",
        "\"\t\"",
        "nul",
        "1e400",
        "-1e400",
        "[1]2",
        "{\"a\" 1}",
        "{1:1}",
        "\"\\x\"",
        "NaN",
        "[1 2]",
        "\uFEFF1"
      })
  void has_no_form_for_what_has_no_one_meaning(String json) {
    assertThat(canonical(json)).isNull();
  }

  @Test
  void has_no_form_for_bytes_that_are_no_text() {
    byte[] overlong = {'"', (byte) 0xC0, (byte) 0xAF, '"'};
    byte[] surrogate = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};
    assertThat(CanonicalJson.of(overlong, 0, 4, 64)).isNull();
    assertThat(CanonicalJson.of(surrogate, 0, 5, 64)).isNull();
  }

  @Test
  void stops_at_the_depth_it_is_given() {
    assertThat(canonical("[".repeat(64) + "]".repeat(64))).isNotNull();
    assertThat(canonical("[".repeat(65) + "]".repeat(65))).isNull();
    assertThat(canonical("[".repeat(100_000))).isNull();
  }

  private static @Nullable String canonical(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    byte[] form = CanonicalJson.of(bytes, 0, bytes.length, 64);
    return form == null ? null : new String(form, StandardCharsets.UTF_8);
  }
}
