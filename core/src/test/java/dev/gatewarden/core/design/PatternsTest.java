package dev.gatewarden.core.design;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternsTest {

  @ParameterizedTest
  @CsvSource({
    "/**, /",
    "/**, /a/b",
    "/admin/**, /admin",
    "/admin/**, /admin/users/{id}",
    "/**/cards, /cards",
    "/**/cards, /users/{id}/cards",
    "/users/{x}, /users/{userId}",
    "/users/*, /users/{userId}",
    "/users/*/c*s, /users/{userId}/cards",
    "/*:cancel, /{id}:cancel",
    "/{id}.json, /{id}.json",
    "/a/**/**/b, /a/b",
    "/, /",
  })
  void a_path_fits(String pattern, String path) {
    assertThat(Patterns.path(pattern, path)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/admin, /admin/users",
    "/admin/*, /admin",
    "/admin/*, /admin/users/{id}",
    "/admin/**, /administrators",
    "/users/{x}, /users/me",
    "/users/{x}, /users/{id}.json",
    "/Admin, /admin",
    "/a/, /a",
    "/**/b, /a",
  })
  void a_path_does_not_fit(String pattern, String path) {
    assertThat(Patterns.path(pattern, path)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"export*, exportAll", "*All, exportAll", "e*A*l, exportAll", "*, ''", "a**b, ab"})
  void a_word_fits(String pattern, String word) {
    assertThat(Patterns.word(pattern, word)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"export, exportAll", "*export, exportAll", "e*x*x, exportAll", "a, ''"})
  void a_word_does_not_fit(String pattern, String word) {
    assertThat(Patterns.word(pattern, word)).isFalse();
  }

  @Test
  void many_stars_take_no_time_that_grows_with_their_number() {
    String text = "a".repeat(2_000);

    assertThat(Patterns.word("*a".repeat(500) + "b", text)).isFalse();
    assertThat(Patterns.path("/**/a".repeat(100) + "/b", "/a".repeat(200))).isFalse();
  }
}
