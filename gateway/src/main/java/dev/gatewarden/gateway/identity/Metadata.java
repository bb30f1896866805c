package dev.gatewarden.gateway.identity;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an issuer says of itself, and where (OpenID Connect Discovery 1.0; RFC 8414).
public final class Metadata {
  private Metadata() {}

  /// Where an issuer's metadata may stand, in the order in which they are looked for: as OpenID
  /// Connect Discovery has it, behind the issuer's path; as RFC 8414, section 3.1, has it, between
  /// its
  /// host and path; and OpenID Connect's name there (section 5).
  public static List<URI> places(String issuer) {
    URI base = URI.create(issuer);
    String path = base.getRawPath() == null ? "" : base.getRawPath();
    String rest = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    List<URI> places = new ArrayList<>();
    places.add(base.resolve(rest + "/.well-known/openid-configuration"));
    places.add(base.resolve("/.well-known/oauth-authorization-server" + rest));
    if (!rest.isEmpty()) {
      places.add(base.resolve("/.well-known/openid-configuration" + rest));
    }
    return places;
  }

  /// What a document says, or null where it does not describe the very issuer it was asked of, else
  /// one issuer could speak for another (OpenID Connect Discovery 1.0, section 4.3; RFC 8414,
  /// section
  /// 3.3).
  public static @Nullable Map<String, Object> of(byte[] document, String issuer) {
    Map<String, Object> said = StrictJson.object(document);
    return said != null && issuer.equals(said.get("issuer")) ? said : null;
  }
}
