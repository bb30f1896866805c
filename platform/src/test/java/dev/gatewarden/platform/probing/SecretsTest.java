package dev.gatewarden.platform.probing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretsTest {

  @Test
  void hides_a_secret_however_it_is_written() {
    Secrets secrets = new Secrets();
    secrets.add("p@ss \"w&rd");

    assertThat(secrets.hidden("p@ss \"w&rd")).isEqualTo("…");
    assertThat(secrets.hidden("password=p%40ss+%22w%26rd&x=1")).isEqualTo("password=…&x=1");
    assertThat(secrets.hidden("password=p%40ss%20%22w%26rd")).isEqualTo("password=…");
    assertThat(secrets.hidden("{\"password\":\"p@ss \\\"w&rd\"}"))
        .isEqualTo("{\"password\":\"…\"}");
    assertThat(secrets.hidden("<p>p@ss &quot;w&amp;rd</p>")).isEqualTo("<p>…</p>");
  }
}
