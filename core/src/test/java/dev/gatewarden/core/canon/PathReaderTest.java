package dev.gatewarden.core.canon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "/ | /",
        "/a | /a",
        "/a/ | /a/",
        "/v1/orders/42 | /v1/orders/42",
        "/%61%2D%7e | /a-~",
        "/%c3%a9 | /%C3%A9",
        "/a%20b | /a%20b",
        "/a:b%3ac | /a:b:c",
        "/a+b%2Bc | /a%2Bb%2Bc",
        "/a%40b,c%2c | /a@b,c%2C",
        "/100%25 | /100%25",
        "/100%25g | /100%25g",
        "/100%25a | /100%25a",
        "/100%25ag | /100%25ag",
        "/.well-known | /.well-known",
        "/a.b | /a.b",
        "/..a | /..a",
        "/%5Bx%5D%7Bid%7D | /%5Bx%5D%7Bid%7D",
        "/%F0%9F%98%80 | /%F0%9F%98%80",
      })
  void reads(String raw, String canonical) {
    assertThat(PathReader.read(raw)).isEqualTo(OneReading.of(canonical));
    assertThat(PathReader.read(canonical)).isEqualTo(OneReading.of(canonical));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "a/b | NOT_ORIGIN_FORM",
        "* | NOT_ORIGIN_FORM",
        "http://a/b | NOT_ORIGIN_FORM",
        "//a | EMPTY_SEGMENT",
        "/a//b | EMPTY_SEGMENT",
        "/a// | EMPTY_SEGMENT",
        "/%61//b | EMPTY_SEGMENT",
        "/. | DOT_SEGMENT",
        "/.. | DOT_SEGMENT",
        "/a/../b | DOT_SEGMENT",
        "/a/./b | DOT_SEGMENT",
        "/a/%2e%2E/b | DOT_SEGMENT",
        "/a/.%2e | DOT_SEGMENT",
        "/a/%2e/ | DOT_SEGMENT",
        "/... | TRIMMED_SEGMENT",
        "/a. | TRIMMED_SEGMENT",
        "/a./b | TRIMMED_SEGMENT",
        "/a%2e | TRIMMED_SEGMENT",
        "/a%20 | TRIMMED_SEGMENT",
        "/%20a | TRIMMED_SEGMENT",
        "/a%C2%A0 | TRIMMED_SEGMENT",
        "/a%2Fb | SEPARATOR_IN_SEGMENT",
        "/a%2fb | SEPARATOR_IN_SEGMENT",
        "/a%5Cb | SEPARATOR_IN_SEGMENT",
        "/a\\b | SEPARATOR_IN_SEGMENT",
        "/%61\\b | SEPARATOR_IN_SEGMENT",
        "/a;v=1 | PATH_PARAMETER",
        "/a/..;/b | PATH_PARAMETER",
        "/a%3Bb | PATH_PARAMETER",
        "/a%252Fb | DOUBLE_ENCODING",
        "/a%25%32%46b | DOUBLE_ENCODING",
        "/a%2525 | DOUBLE_ENCODING",
        "/a%00 | CONTROL_CHARACTER",
        "/a%0Ab | CONTROL_CHARACTER",
        "/a%7Fb | CONTROL_CHARACTER",
        "/a%C2%85b | CONTROL_CHARACTER",
        "/a% | BROKEN_ESCAPE",
        "/a%2 | BROKEN_ESCAPE",
        "/a%2/b | BROKEN_ESCAPE",
        "/a%zz | BROKEN_ESCAPE",
        "/a%u0041 | BROKEN_ESCAPE",
        "/a%C0%AF | NOT_UTF8",
        "/a%C0%80 | NOT_UTF8",
        "/a%E9 | NOT_UTF8",
        "/a%ED%A0%80 | NOT_UTF8",
        "/a%F4%90%80%80 | NOT_UTF8",
        "/e%CC%81 | NOT_NORMALIZED",
        "/a#b | FRAGMENT",
        "/a<b | ILLEGAL_CHARACTER",
        "/a{b} | ILLEGAL_CHARACTER",
        "/a[b] | ILLEGAL_CHARACTER",
        "/é | ILLEGAL_CHARACTER",
      })
  void refuses(String raw, String why) {
    assertThat(PathReader.read(raw)).isEqualTo(OneReading.refused(Ambiguity.valueOf(why)));
  }

  @Test
  void refuses_white_space_and_controls_that_came_raw() {
    assertThat(PathReader.read("/a b")).isEqualTo(OneReading.refused(Ambiguity.ILLEGAL_CHARACTER));
    assertThat(PathReader.read("/a\u0000"))
        .isEqualTo(OneReading.refused(Ambiguity.ILLEGAL_CHARACTER));
    assertThat(PathReader.read("")).isEqualTo(OneReading.refused(Ambiguity.NOT_ORIGIN_FORM));
  }

  @Test
  void returns_a_canonical_path_as_it_is() {
    String path = "/v1/orders/8c1f";
    assertThat(((OneReading.Clear<String>) PathReader.read(path)).value()).isSameAs(path);
  }

  @Test
  void decodes_what_it_encodes() {
    String text = "a b/é%2F+;😀";
    String encoded = PathReader.encode(text);
    assertThat(encoded).isEqualTo("a%20b%2F%C3%A9%252F%2B%3B%F0%9F%98%80");
    assertThat(PathReader.decode("/x/" + encoded, 3, 3 + encoded.length())).isEqualTo(text);
  }
}
