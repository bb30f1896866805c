package dev.gatewarden.gateway.identity.introspection;

import dev.gatewarden.gateway.identity.IssuerSettings;
import dev.gatewarden.gateway.identity.IssuerSignatures;
import dev.gatewarden.gateway.identity.client.Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Answers about tokens that the issuer signed (RFC 9701): its own word counts, and not that of
/// whoever ends TLS in front of it.
public final class SignedAnswers {
  static final String MEDIA_TYPE = "application/token-introspection+jwt";
  private static final String TYPE = "token-introspection+jwt";
  private static final Duration OLDEST = Duration.ofMinutes(5);

  private final IssuerSettings issuer;
  private final IssuerSignatures signatures;
  private final String client;

  /// @param client the gate's own name at the issuer
  public SignedAnswers(IssuerSettings issuer, IssuerSignatures signatures, String client) {
    this.issuer = issuer;
    this.signatures = signatures;
    this.client = client;
  }

  /// What the issuer says of a token. Waits.
  ///
  /// @param now in milliseconds since 1970
  /// @throws IOException when this is no answer of the issuer for the gate, made now
  Map<?, ?> said(Endpoint.Answer answer, long now) throws IOException, InterruptedException {
    if (!answer.type().equals(MEDIA_TYPE)) {
      throw new IOException("its answer is not signed");
    }
    String text = new String(answer.body(), StandardCharsets.ISO_8859_1).strip();
    return switch (signatures.prove(text)) {
      case IssuerSignatures.Proved.Refused(var fault) ->
          throw new IOException("its answer is not signed as it should be: " + fault);
      case IssuerSignatures.Proved.Said(String type, var _, var _) when !type.equals(TYPE) ->
          throw new IOException("what it signed is no answer about a token");
      case IssuerSignatures.Proved.Said(var _, var _, Map<String, Object> claims) -> {
        if (!issuer.issuer().equals(claims.get("iss")) || !isForUs(claims.get("aud"))) {
          throw new IOException("its answer is of another issuer, or for somebody else");
        }
        if (!isOfNow(claims, now / 1000)) {
          throw new IOException("its answer was not made now");
        }
        if (!(claims.get("token_introspection") instanceof Map<?, ?> said)) {
          throw new IOException("its answer says nothing of the token");
        }
        yield said;
      }
    };
  }

  private boolean isForUs(@org.jspecify.annotations.Nullable Object audience) {
    List<?> named = audience instanceof List<?> list ? list : List.of(String.valueOf(audience));
    return named.contains(client) || issuer.audiences().stream().anyMatch(named::contains);
  }

  private boolean isOfNow(Map<String, Object> claims, long now) {
    long skew = issuer.bounds().skew().toSeconds();
    return claims.get("iat") instanceof Long made
        && made <= now + skew
        && made >= now - OLDEST.toSeconds() - skew
        && (!claims.containsKey("exp")
            || (claims.get("exp") instanceof Long end && now < end + skew));
  }
}
