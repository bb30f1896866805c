package dev.gatewarden.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64UrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"A", "AAAAA", "AB", "AAB", "AA==", "AA=", "A+", "A/", "A A", "AA\n", "AÁ", "Aʺ"})
  void refuses_what_is_not_the_one_spelling(String text) {
    assertThat(Base64Url.decode(text)).isNull();
  }

  @Property(tries = 2000)
  void has_one_spelling_for_each_byte_string(@ForAll byte[] bytes) {
    String text = Base64Url.encode(bytes);
    assertThat(Base64Url.decode(text)).isEqualTo(bytes);
    assertThat(Base64Url.decode("." + text + ".", 1, 1 + text.length())).isEqualTo(bytes);
  }

  @Property(tries = 3000)
  void decodes_only_what_it_would_write(@ForAll String noise) {
    byte[] bytes = Base64Url.decode(noise);
    if (bytes != null) {
      assertThat(Base64Url.encode(bytes)).isEqualTo(noise);
    }
  }
}
