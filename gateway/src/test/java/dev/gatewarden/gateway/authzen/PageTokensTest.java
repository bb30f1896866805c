package dev.gatewarden.gateway.authzen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// A page token says where a page begins to this gate alone.
class PageTokensTest {
  private final PageTokens tokens = new PageTokens();

  @Test
  void tells_nobody_how_long_the_id_is_where_a_page_begins() {
    String brief = tokens.of("a", "question");
    String lengthy = tokens.of("somebody-elses-object-0123456789", "question");

    assertThat(brief).hasSameSizeAs(lengthy);
    assertThat(tokens.place(brief, "question")).isEqualTo("a");
    assertThat(tokens.place(lengthy, "question")).isEqualTo("somebody-elses-object-0123456789");
    assertThat(tokens.place(lengthy, "another question")).isNull();
  }
}
