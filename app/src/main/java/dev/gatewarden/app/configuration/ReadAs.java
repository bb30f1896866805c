package dev.gatewarden.app.configuration;

import org.jspecify.annotations.Nullable;

/// By what the gate proves itself when it looks objects up at a service: a bearer token that does
/// not change, written as its reference alone, or one that the gate gets for itself.
///
/// @param token the reference of the bearer token
/// @param clientCredentials where the gate gets one, in its own name
@OrText(pattern = "^(env|file):.+$")
public record ReadAs(@Nullable SecretReference token, @Nullable ClientGrant clientCredentials) {

  /// A token by its reference.
  ///
  /// @throws IllegalArgumentException when the text is no reference
  public static ReadAs parse(String text) {
    return new ReadAs(SecretReference.parse(text), null);
  }

  @Override
  public String toString() {
    return token == null ? "client-credentials" : token.toString();
  }
}
