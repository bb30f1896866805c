package dev.gatewarden.app.configuration;

import org.jspecify.annotations.Nullable;

/// How the gate proves to an authorization server which of its clients it is.
///
/// @param id the client's name at the server
/// @param secret what it proves itself by: `secret` or `key`
/// @param key a private key in PEM (PKCS #8, EC P-256 or RSA), for `private_key_jwt`
/// @param kid the key's name in the client's key set at the server
/// @param send how the secret is sent: in the `Authorization` line, or in the form
public record OauthClient(
    String id,
    @Nullable SecretReference secret,
    @Nullable SecretReference key,
    @Nullable String kid,
    @Default("basic") Sending send) {

  /// How a client's secret is sent.
  public enum Sending {
    /// In the `Authorization` line (`client_secret_basic`).
    BASIC,
    /// In the form (`client_secret_post`).
    POST
  }
}
