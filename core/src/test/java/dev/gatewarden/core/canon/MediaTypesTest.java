package dev.gatewarden.core.canon;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One media type, and what a caller takes, in their one reading.
class MediaTypesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        "application/json;charset=utf-8",
        "application/json ; charset=\"UTF-8\"",
        "application/json; profile=\"a;b,c\"; v=1"
      })
  void reads_a_type(String text) {
    assertThat(ContentType.read(text))
        .isNotNull()
        .satisfies(type -> assertThat(type.type()).isEqualTo("application/json"))
        .satisfies(type -> assertThat(type.isUtf8()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "json",
        "application/",
        "/json",
        "application/json, text/html",
        "application/json;",
        "application/json; charset",
        "application/json; charset=",
        "application/json; charset =utf-8",
        "application/json; charset= utf-8",
        "application/json; charset=utf-8; charset=utf-7",
        "application/json; charset=utf-8; CHARSET=utf-7",
        "application/json; charset=\"utf-8",
        "application/json; charset=\"utf\\-8\"",
        "application/json; charset=\"utf-8\"x",
        "application/json charset=utf-8",
        "application/json\u00e9",
        "application /json"
      })
  void refuses_what_has_no_one_reading(String text) {
    assertThat(ContentType.read(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"utf-7", "utf-16", "utf-16le", "utf-32", "iso-8859-1", "utf8", "us-ascii", "\"\""})
  void sees_a_charset_that_is_not_utf_8(String charset) {
    ContentType type = ContentType.read("text/plain;charset=" + charset);
    assertThat(type == null || !type.isUtf8()).isTrue();
  }

  @Test
  void bounds_its_length() {
    assertThat(ContentType.read("a/" + "b".repeat(510))).isNotNull();
    assertThat(ContentType.read("a/" + "b".repeat(511))).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a/b|1000",
        "*/*|1000",
        "a/*;q=0.5|500",
        "a/*;q=0.5, a/b|1000",
        "*/*;q=0.1, a/*;q=0.2|200",
        "a/b;q=0, */*|0",
        "c/d|0",
        "a/b;q=0.125|125",
        "a/b;q=1.000|1000",
        ", a/b ,|1000"
      })
  void weighs_by_the_closest_range(String text, int weight) {
    assertThat(Accept.read(text)).isNotNull().extracting(a -> a.weight("a/b")).isEqualTo(weight);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "*",
        "*/b",
        "a/b;q=2",
        "a/b;q=1.1",
        "a/b;q=.5",
        "a/b;q=0.1234",
        "a/b;q=-1",
        "a/b;q=x",
        "a/b;q=0.5;q=1",
        "a/b*",
        "a/b;"
      })
  void refuses_weights_and_ranges_that_are_none(String text) {
    assertThat(Accept.read(text)).isNull();
  }

  @Test
  void bounds_how_many_ranges_there_are() {
    assertThat(Accept.read("a/b,".repeat(64))).isNotNull();
    assertThat(Accept.read("a/b,".repeat(65))).isNull();
  }

  @Property(tries = 5000)
  void never_throws(@ForAll @StringLength(max = 30) @CharRange(from = ' ', to = '~') String text) {
    ContentType type = ContentType.read(text);
    Disposition disposition = Disposition.read("form-data;" + text);
    Accept accept = Accept.read(text);
    assertThat(type == null || type.type().contains("/")).isTrue();
    assertThat(disposition == null || !disposition.name().isEmpty()).isTrue();
    assertThat(accept == null || accept.weight("a/b") <= 1000).isTrue();
  }
}
