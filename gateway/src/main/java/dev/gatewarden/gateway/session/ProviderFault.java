package dev.gatewarden.gateway.session;

import java.io.IOException;

/// The identity provider refused what it was asked for, and said so (RFC 6749, section 5.2).
final class ProviderFault extends IOException {
  private static final long serialVersionUID = 1;

  private final String error;

  /// @param error the code of the RFC, such as `invalid_grant`
  ProviderFault(String error) {
    super("the identity provider answers `" + error + "`");
    this.error = error;
  }

  String error() {
    return error;
  }
}
