package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Place;
import java.util.Map;
import java.util.Set;

/// A way to prove something about a caller, as the contract names it.
///
/// @param name the key under `components.securitySchemes`
public record SecurityScheme(String name, Kind kind, Extensions extensions, Place place) {

  /// What is presented, and where.
  public sealed interface Kind {}

  /// A key in a header, a query value or a cookie.
  public record ApiKey(Parameter.In in, String parameter) implements Kind {}

  /// The `Authorization` header.
  ///
  /// @param scheme lower case, `bearer`, `basic`
  /// @param bearerFormat a hint such as `JWT`, or the empty text
  public record Http(String scheme, String bearerFormat) implements Kind {}

  /// A token of an OAuth 2.0 server.
  ///
  /// @param scopes every scope of any flow
  /// @param flows the flows' names with their token URLs
  public record OAuth2(Set<String> scopes, Map<String, String> flows) implements Kind {
    public OAuth2 {
      scopes = Set.copyOf(scopes);
      flows = Map.copyOf(flows);
    }
  }

  /// A token of an OpenID provider, found by its metadata document.
  public record OpenIdConnect(String url) implements Kind {}

  /// A client certificate.
  public record MutualTls() implements Kind {}
}
