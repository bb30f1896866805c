package dev.gatewarden.core.canon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookiesTest {

  @Test
  void reads_all_lines_in_order() {
    Cookies cookies = clear("a=1; b=\"x y\"".replace(" y", "y"), "c=;d=p=q,r");
    assertThat(cookies.only("a")).isEqualTo("1");
    assertThat(cookies.only("b")).isEqualTo("\"xy\"");
    assertThat(cookies.only("c")).isEmpty();
    assertThat(cookies.only("d")).isEqualTo("p=q,r");
    assertThat(cookies.only("A")).isNull();
  }

  @Test
  void says_nothing_of_a_name_that_occurs_twice() {
    Cookies cookies = clear("a=1; a=2; b=3");
    assertThat(cookies.only("a")).isNull();
    assertThat(cookies.count("a")).isEqualTo(2);
    assertThat(cookies.only("b")).isEqualTo("3");
  }

  @Test
  void never_prints_a_value() {
    assertThat(clear("sid=secret").toString()).contains("sid").doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "=1",
        "a=1; b",
        "$Version=1; a=1",
        "a=\"x",
        "a=x\"y",
        "a b=1",
        "a=b c",
        "a=\\1",
        "a=é",
        "a=\u0001",
        "a=\"b\"c",
        "a=\"b;c\"",
      })
  void refuses(String line) {
    assertThat(Cookies.read(List.of(line))).isEqualTo(OneReading.refused(Ambiguity.COOKIE));
  }

  private static Cookies clear(String... lines) {
    return ((OneReading.Clear<Cookies>) Cookies.read(List.of(lines))).value();
  }
}
