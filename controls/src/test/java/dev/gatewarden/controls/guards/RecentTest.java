package dev.gatewarden.controls.guards;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentTest {
  private final Recent<String, Integer> recent = new Recent<>();

  @Test
  void keeps_what_was_made_for_a_key() {
    assertThat(recent.get("a")).isNull();
    assertThat(recent.keep("a", 1)).isEqualTo(1);
    assertThat(recent.get("a")).isEqualTo(1);
  }

  @Test
  void never_answers_a_key_with_the_value_of_another() {
    for (int i = 0; i < 10_000; i++) {
      recent.keep("key" + i, i);
      for (int other = Math.max(0, i - 5); other <= i + 5; other++) {
        Integer found = recent.get("key" + other);
        assertThat(found == null || found == other).isTrue();
      }
    }
  }

  @Test
  void tells_keys_of_one_hash_apart() {
    recent.keep("Aa", 1);

    assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
    assertThat(recent.get("BB")).isNull();
  }
}
