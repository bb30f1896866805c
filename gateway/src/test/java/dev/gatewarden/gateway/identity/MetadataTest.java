package dev.gatewarden.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTest {
  @Test
  void looks_behind_the_path_of_an_issuer_and_in_front_of_it() {
    assertThat(Metadata.places("https://id.example"))
        .containsExactly(
            URI.create("https://id.example/.well-known/openid-configuration"),
            URI.create("https://id.example/.well-known/oauth-authorization-server"));
    for (String issuer : new String[] {"https://id.example/a/b", "https://id.example/a/b/"}) {
      assertThat(Metadata.places(issuer))
          .containsExactly(
              URI.create("https://id.example/a/b/.well-known/openid-configuration"),
              URI.create("https://id.example/.well-known/oauth-authorization-server/a/b"),
              URI.create("https://id.example/.well-known/openid-configuration/a/b"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"issuer\":\"https://id.example/\"}",
        "{\"issuer\":\"https://ID.example\"}",
        "{\"issuer\":[\"https://id.example\"]}",
        "{\"issuer\":\"https://id.example\",\"issuer\":\"https://id.example\"}",
        "{}",
        "[]",
        "<html>"
      })
  void believes_no_document_of_another_issuer(String document) {
    assertThat(Metadata.of(document.getBytes(StandardCharsets.UTF_8), "https://id.example"))
        .isNull();
  }

  @Test
  void believes_the_very_issuer() {
    assertThat(
            Metadata.of(
                "{\"issuer\":\"https://id.example\",\"a\":1}".getBytes(StandardCharsets.UTF_8),
                "https://id.example"))
        .containsEntry("a", 1L);
  }
}
