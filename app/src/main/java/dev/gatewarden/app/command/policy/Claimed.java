package dev.gatewarden.app.command.policy;

import dev.gatewarden.app.configuration.Configuration;
import dev.gatewarden.app.configuration.Issuer;
import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.gateway.identity.ClaimPointer;
import dev.gatewarden.gateway.identity.IssuerSettings;
import dev.gatewarden.gateway.identity.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a token, or a file of claims, says of its caller to one issuer of the configuration; read
/// and not verified.
///
/// @param issuer the issuer's name in the configuration
public record Claimed(String issuer, Proof proof) {

  /// Why a text says nothing of a caller: one message for the user, without anything of the text.
  public static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String message) {
      super(message);
    }
  }

  /// Reads a token in its compact form, or JSON claims.
  ///
  /// @param named the issuer to read it as; found by `iss` when null
  public static Claimed read(String text, @Nullable String named, Configuration configuration)
      throws Unreadable {
    Map<String, Object> claims = claims(text.strip());
    String name = named == null ? issuer(claims, configuration) : named;
    Issuer issuer = configuration.issuers().get(name);
    if (issuer == null) {
      throw new Unreadable(
          "there is no issuer `"
              + name
              + "`; there are "
              + String.join(", ", configuration.issuers().keySet()));
    }
    return new Claimed(name, proof(name, issuer, claims));
  }

  private static Map<String, Object> claims(String text) throws Unreadable {
    byte[] json = text.getBytes(StandardCharsets.UTF_8);
    if (!text.startsWith("{")) {
      String[] parts = text.split("\\.", -1);
      if (parts.length != 3) {
        throw new Unreadable("this is neither a signed token nor a JSON object of claims");
      }
      try {
        json = Base64.getUrlDecoder().decode(parts[1]);
      } catch (IllegalArgumentException wrong) {
        throw new Unreadable("the token's claims are no base64url");
      }
    }
    Map<String, Object> claims = StrictJson.object(json);
    if (claims == null) {
      throw new Unreadable("the claims are no JSON object, or name a member twice");
    }
    return claims;
  }

  private static String issuer(Map<String, Object> claims, Configuration configuration)
      throws Unreadable {
    Object said = claims.get("iss");
    for (Map.Entry<String, Issuer> each : configuration.issuers().entrySet()) {
      if (each.getValue().named().equals(said)) {
        return each.getKey();
      }
    }
    throw new Unreadable(
        said == null
            ? "the claims name no issuer (`iss`); say which with `--issuer`"
            : "`iss` is none of the configured issuers; say which with `--issuer`");
  }

  private static Proof proof(String name, Issuer issuer, Map<String, Object> claims)
      throws Unreadable {
    if (!(claims.get("sub") instanceof String subject) || subject.isEmpty()) {
      throw new Unreadable("the claims name no subject (`sub`), and the gate refuses such a token");
    }
    Map<Facet, String> facets = new EnumMap<>(Facet.class);
    facets.put(Facet.SUBJECT, subject);
    for (ClaimPointer pointer : IssuerSettings.Naming.CLIENT) {
      String client = pointer.text(claims);
      if (client != null) {
        facets.putIfAbsent(Facet.CLIENT, client);
      }
    }
    String at = issuer.tenant();
    String tenant = at == null ? null : ClaimPointer.parse(at).text(claims);
    Set<String> roles = ClaimPointer.parse(issuer.roles()).words(claims);
    return new Proof(
        name,
        facets,
        tenant,
        scopes(issuer.scopes(), claims),
        roles,
        claims,
        List.of(),
        crossing(issuer).by(roles, tenant),
        Lease.UNBOUNDED);
  }

  private static IssuerSettings.Crossing crossing(Issuer issuer) {
    Issuer.Crossing said = issuer.crossing();
    return said == null
        ? IssuerSettings.Crossing.NOBODY
        : IssuerSettings.Crossing.of(said.roles(), said.tenants());
  }

  private static Set<String> scopes(@Nullable String stated, Map<String, Object> claims) {
    List<ClaimPointer> pointers =
        stated == null ? IssuerSettings.Naming.SCOPES : List.of(ClaimPointer.parse(stated));
    for (ClaimPointer pointer : pointers) {
      if (pointer.in(claims) != null) {
        return pointer.words(claims);
      }
    }
    return Set.of();
  }
}
