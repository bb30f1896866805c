package dev.gatewarden.gateway.identity;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/// What an issuer says beside its access tokens, signed with the same keys. Waits.
public interface Statements {

  /// The text behind an address of the issuer: bounded in size and time, no redirects followed.
  ///
  /// @param type the media type that is asked for and must be answered
  /// @throws IOException when it cannot be had; the message names the address and nothing secret
  String fetch(URI address, String type) throws IOException;

  /// The claims of a JWS that the issuer signed (RFC 7515).
  ///
  /// @param type what its header's `typ` must be, without `application/` (RFC 8725, section 3.11)
  /// @throws IOException when the issuer signed no such thing
  Map<String, Object> claims(String text, String type) throws IOException;
}
