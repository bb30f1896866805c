package dev.gatewarden.controls.probes.token;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Secrets that tutorials, templates and people in a hurry use.
final class WeakSecrets {
  private static final List<String> ALL =
      List.of(
          "secret",
          "Secret",
          "SECRET",
          "secretkey",
          "secret_key",
          "secret-key",
          "SecretKey",
          "password",
          "passw0rd",
          "123456",
          "12345678",
          "123456789",
          "1234567890",
          "changeme",
          "change-me",
          "changeit",
          "admin",
          "test",
          "testing",
          "dev",
          "development",
          "default",
          "key",
          "mykey",
          "my-key",
          "jwt",
          "jwtsecret",
          "jwt_secret",
          "jwt-secret",
          "JWT_SECRET",
          "token",
          "supersecret",
          "super-secret",
          "super_secret",
          "supersecretkey",
          "topsecret",
          "your-256-bit-secret",
          "your-384-bit-secret",
          "your-512-bit-secret",
          "your_secret_key",
          "your-secret-key",
          "yoursecret",
          "yoursecretkey",
          "mysecret",
          "my-secret",
          "my_secret",
          "mysecretkey",
          "random",
          "qwerty",
          "letmein",
          "root",
          "example",
          "example_key",
          "a-string-secret-at-least-256-bits-long",
          "hello",
          "hmac",
          "hs256",
          "gatewarden");

  private WeakSecrets() {}

  /// The one that a token was signed with, or null.
  static @Nullable String of(Jwt token) {
    for (String each : ALL) {
      if (token.signedWith(each)) {
        return each;
      }
    }
    return null;
  }
}
