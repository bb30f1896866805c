package dev.gatewarden.controls.probes.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeakSecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "princess",
        "secret",
        "SECRET",
        "your-256-bit-secret",
        "jwt_secret",
        "JWT_SECRET",
        "Changeme",
        "express"
      })
  void knows_what_people_take(String secret) {
    assertThat(known(secret)).isEqualTo(secret);
  }

  @ParameterizedTest
  @ValueSource(strings = {"parcels", "ParcelPost123", "parcel-post-secret", "example_jwt_secret"})
  void tries_what_the_api_is_called(String secret) {
    assertThat(known(secret, "Parcel Post", "parcels.example.com")).isEqualTo(secret);
  }

  @Test
  void does_not_know_a_secret_that_was_drawn() {
    assertThat(known("9bEq2v1hGkz0Yt7mPc4R", "Parcel Post", "parcels.example.com")).isNull();
  }

  private static @Nullable String known(String secret, String... names) {
    String signed = encoded("{\"alg\":\"HS256\"}") + "." + encoded("{\"sub\":\"alice\"}");
    String signature =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(Jwt.mac("HmacSHA256", Jwt.bytes(secret), signed));
    return WeakSecrets.of(
        Objects.requireNonNull(Jwt.parse(signed + "." + signature)), List.of(names));
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Jwt.bytes(text));
  }
}
