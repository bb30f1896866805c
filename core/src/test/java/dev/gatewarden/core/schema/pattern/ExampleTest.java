package dev.gatewarden.core.schema.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^[A-Z]{3}$",
        "^(cat|dog)-\\d{2,4}$",
        "^\\+?[1-9]\\d{1,14}$",
        "^[a-z0-9]+(?:-[a-z0-9]+)*$",
        "^$",
        "x",
        "^[^a]$",
        "^\\S+@\\S+\\.\\S+$",
        "^#[0-9a-fA-F]{6}$"
      })
  void finds_a_text_that_matches(String pattern) {
    String text = Example.of(pattern).orElseThrow();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

    assertThat(TextPattern.compile(pattern).finds(bytes, 0, bytes.length)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "^(?=b)a$", "^a{20000}$", "^[^\\s\\S]$"})
  void says_nothing_where_it_finds_none(String pattern) {
    assertThat(Example.of(pattern)).isEmpty();
  }

  @Test
  void prefers_what_is_read_easily() {
    assertThat(Example.of("^.$")).contains("a");
  }
}
