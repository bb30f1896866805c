package dev.gatewarden.gateway.identity.introspection;

import dev.gatewarden.core.identity.TokenVerifier.Fault;
import dev.gatewarden.gateway.identity.ClaimRules;
import dev.gatewarden.gateway.identity.IssuerSettings;
import dev.gatewarden.gateway.identity.client.Endpoint;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What an issuer must say of a token for it to be an access token for this API, now (RFC 7662,
/// section 2.2).
///
/// What it says is held to the rules that the claims of a signed token are held to. Beyond them it
/// must say that the token is of a kind that is presented (`token_type`), for issuers call refresh
/// and ID tokens active too.
final class AnswerRules {
  private static final Set<String> PRESENTED = Set.of("bearer", "dpop");
  private static final long WITHOUT_EXPIRY_SECONDS = 3600;

  /// What comes of an answer.
  sealed interface Judged {
    /// @param until the end of the token's own life, in milliseconds since 1970
    record Good(ClaimRules.Judged.Good good, long until) implements Judged {}

    /// The token is refused; the issuer would say so again.
    record Bad(Fault fault) implements Judged {}

    /// This is no answer.
    record Unusable(String why) implements Judged {}
  }

  private final IssuerSettings settings;
  private final ClaimRules rules;

  AnswerRules(IssuerSettings settings) {
    this.settings = settings;
    this.rules = new ClaimRules(settings);
  }

  /// @param now in milliseconds since 1970
  Judged judge(Endpoint.Answer answer, long now) {
    if (answer.status() != 200) {
      return new Judged.Unusable("it answers " + answer.status());
    }
    Map<String, Object> said = answer.object();
    return said == null ? new Judged.Unusable("its answer is no JSON object") : judge(said, now);
  }

  /// @param now in milliseconds since 1970
  Judged judge(Map<?, ?> said, long now) {
    Object active = said.get("active");
    if (!(active instanceof Boolean good)) {
      return new Judged.Unusable("its answer does not say whether the token is `active`");
    }
    if (!good) {
      return new Judged.Bad(Fault.INACTIVE);
    }
    if (!(said.get("token_type") instanceof String type)
        || !PRESENTED.contains(type.toLowerCase(Locale.ROOT))) {
      return new Judged.Bad(Fault.TYPE);
    }
    return completed(said, now);
  }

  /// An answer need not say all that a token must say of itself.
  private Judged completed(Map<?, ?> said, long now) {
    Map<String, Object> claims = new LinkedHashMap<>();
    said.forEach((name, value) -> claims.put((String) name, value));
    claims.remove("active");
    claims.remove("token_type");
    claims.putIfAbsent("iss", settings.issuer());
    claims.putIfAbsent("iat", now / 1000);
    if (said.get("client_id") instanceof String client) {
      claims.putIfAbsent("sub", client);
    }
    long longest = settings.bounds().longest().toSeconds();
    claims.putIfAbsent("exp", now / 1000 + Math.min(WITHOUT_EXPIRY_SECONDS, longest));
    String type = settings.types().contains("at+jwt") ? "at+jwt" : "jwt";
    return switch (rules.judge(type, claims, now)) {
      case ClaimRules.Judged.Bad(Fault fault) -> new Judged.Bad(fault);
      case ClaimRules.Judged.Good good ->
          new Judged.Good(good, good.to() - settings.bounds().skew().toMillis());
    };
  }
}
