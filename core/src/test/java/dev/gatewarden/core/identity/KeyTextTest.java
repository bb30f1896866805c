package dev.gatewarden.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class KeyTextTest {
  private static final String KEY = KeyText.of("live", new byte[9], new byte[32]).text();

  @Property(tries = 200)
  void what_is_made_can_be_read_and_found(
      @ForAll @Size(9) byte[] id, @ForAll @Size(32) byte[] secret) {
    KeyText key = KeyText.of("live", id, secret);

    assertThat(key.text()).matches(KeyText.EXPRESSION);
    assertThat(KeyText.parse(key.text())).isEqualTo(key);
    assertThat(KeyText.in("https://a.example/" + key.text() + "?b")).isEqualTo(key);
  }

  @Property(tries = 300)
  void one_changed_character_makes_it_none(
      @ForAll @IntRange(min = 0, max = 70) int at, @ForAll byte other) {
    char c = (char) (' ' + Math.floorMod(other, 95));
    char[] changed = KEY.toCharArray();
    if (changed[at] == c) {
      return;
    }
    changed[at] = c;

    assertThat(KeyText.parse(new String(changed))).isNull();
    assertThat(KeyText.in("x" + new String(changed) + "y")).isNull();
  }

  @Test
  void another_case_or_length_makes_it_none() {
    assertThat(KeyText.parse(KEY.toUpperCase(Locale.ROOT))).isNull();
    assertThat(KeyText.parse(KEY.toLowerCase(Locale.ROOT))).isNull();
    assertThat(KeyText.parse(KEY.substring(1))).isNull();
    assertThat(KeyText.parse(KEY.substring(0, KEY.length() - 1))).isNull();
    assertThat(KeyText.parse(KEY + "0")).isNull();
    assertThat(KeyText.parse("")).isNull();
    assertThat(KeyText.hasShape(KEY.substring(0, KEY.length() - 1) + "_")).isFalse();
  }

  @Test
  void the_one_behind_a_likeness_is_found() {
    String likeness = KEY.substring(0, KEY.length() - 1) + (KEY.endsWith("0") ? "1" : "0");

    assertThat(KeyText.in(likeness + " " + KEY)).isNotNull();
    assertThat(KeyText.in("gwk_gwk_" + KEY)).isNotNull();
  }

  @Test
  void nothing_of_the_secret_is_printed() {
    KeyText key = KeyText.parse(KEY);

    assertThat(String.valueOf(key)).contains(key.id()).doesNotContain(KEY.substring(22));
  }

  @Test
  void an_environment_is_a_short_word() {
    assertThat(KeyText.isEnvironment("live2")).isTrue();
    assertThat(KeyText.isEnvironment("Live")).isFalse();
    assertThat(KeyText.isEnvironment("a_b")).isFalse();
    assertThat(KeyText.isEnvironment("a".repeat(17))).isFalse();
    assertThatThrownBy(() -> KeyText.of("a_b", new byte[9], new byte[32]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
