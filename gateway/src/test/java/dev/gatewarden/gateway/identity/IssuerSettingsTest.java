package dev.gatewarden.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.identity.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerSettingsTest {
  private static final KeySource KEYS =
      new KeySource.Address(URI.create("https://id.example/jwks"));

  @Test
  void does_not_exist_without_audience_or_algorithm() {
    refuses(List.of(), Set.of(Algorithm.ES256), KEYS, "`audience`");
    refuses(List.of(""), Set.of(Algorithm.ES256), KEYS, "`audience`");
    refuses(List.of("api"), Set.of(), KEYS, "`algorithms`");
  }

  @Test
  void never_mixes_shared_secrets_with_public_keys() {
    refuses(List.of("api"), Set.of(Algorithm.HS256), KEYS, "`HS256`");
    refuses(List.of("api"), Set.of(Algorithm.ES256, Algorithm.HS256), KEYS, "`HS256`");
    KeySource shared = new KeySource.Shared(Secret.of(new byte[32]));
    refuses(List.of("api"), Set.of(Algorithm.RS256), shared, "`RS256`");
    refuses(List.of("api"), Set.of(Algorithm.HS384), shared, "longer secret");
    assertThatThrownBy(() -> new KeySource.Shared(Secret.of(new byte[31])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("256");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://id.example/jwks",
        "ftp://id.example",
        "file:/etc/passwd",
        "jwks.json",
        "http://127.0.0.1.evil.example/jwks",
        "https://user@id.example/",
        "http://169.254.169.254/",
        "https:///jwks",
        "http://localhost.evil.example/",
      })
  void fetches_keys_from_nowhere_they_could_be_changed_on_the_way(String address) {
    assertThatThrownBy(() -> new KeySource.Address(URI.create(address)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be https");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://id.example/jwks",
        "http://127.0.0.1:9/jwks",
        "http://localhost/jwks",
        "http://[::1]:80/jwks",
      })
  void fetches_keys_over_tls_or_loopback(String address) {
    assertThat(new KeySource.Address(URI.create(address)).jwks()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"PT0S, true", "PT2M, true", "PT2M0.001S, false", "PT-0.001S, false"})
  void bounds_the_skew(Duration skew, boolean good) {
    if (good) {
      assertThat(with(skew).skew()).isEqualTo(skew);
    } else {
      assertThatThrownBy(() -> with(skew)).hasMessageContaining("`skew`");
    }
  }

  private static IssuerSettings.Bounds with(Duration skew) {
    return IssuerSettings.Bounds.of(skew, Duration.ofHours(1), true);
  }

  private static void refuses(
      List<String> audiences, Set<Algorithm> algorithms, KeySource keys, String message) {
    assertThatThrownBy(
            () -> IssuerSettings.of("corp", "https://id.example", audiences, algorithms, keys))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
