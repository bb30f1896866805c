package dev.gatewarden.gateway.authzen;

import dev.gatewarden.core.identity.ApiKey;
import dev.gatewarden.core.identity.ApiKeys;
import dev.gatewarden.core.identity.CertificateVerifier;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.core.identity.TokenVerifier;
import dev.gatewarden.gateway.walk.RequestHead;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds out which service asks: by its token, its key or its certificate, in this order; the first
/// that is brought decides, and a bad one does not fall back to another.
final class AskerProofs {
  static final String KEY = "x-api-key";

  private final List<Asker> askers;
  private final Map<String, Prover> provers;

  AskerProofs(List<Asker> askers, Map<String, Prover> provers) {
    this.askers = askers;
    this.provers = provers;
  }

  /// Who asks, or null where nobody who may was proved.
  ///
  /// @throws dev.gatewarden.core.decision.WouldWait on an event loop when the answer is not at hand
  @Nullable Asker of(RequestHead head) {
    List<String> tokens = head.headers().all("authorization");
    List<String> keys = head.headers().all(KEY);
    if (tokens.size() + keys.size() > 1) {
      return null;
    }
    if (!tokens.isEmpty()) {
      String line = tokens.getFirst();
      return line.regionMatches(true, 0, "Bearer ", 0, 7) ? token(line.substring(7), head) : null;
    }
    return keys.isEmpty() ? certificate(head) : key(keys.getFirst());
  }

  private @Nullable Asker token(String token, RequestHead head) {
    for (Map.Entry<String, Prover> each : provers.entrySet()) {
      if (each.getValue() instanceof Prover.Tokens(TokenVerifier verifier, var _)
          && (verifier.isNamedIn(token) || verifier.asksAbout(token))
          && verifier.verify(token, head.peer().address())
              instanceof TokenVerifier.Verification.Verified(Proof proof)) {
        // Nobody proves here that they hold what a token is bound to.
        boolean held = proof.claims().containsKey("cnf") || verifier.once();
        return held ? null : named(each.getKey(), proof, _ -> true);
      }
    }
    return null;
  }

  private @Nullable Asker key(String text) {
    for (Map.Entry<String, Prover> each : provers.entrySet()) {
      if (each.getValue() instanceof Prover.Keys(ApiKeys ring)
          && ring.verify(text) instanceof ApiKeys.Verification.Verified(ApiKey key, Proof proof)) {
        return named(each.getKey(), proof, asker -> asker.apis().stream().allMatch(key::opens));
      }
    }
    return null;
  }

  private @Nullable Asker certificate(RequestHead head) {
    if (head.peer().certificates().isEmpty()) {
      return null;
    }
    for (Map.Entry<String, Prover> each : provers.entrySet()) {
      if (each.getValue() instanceof Prover.Certificates(CertificateVerifier verifier)
          && verifier.verify(head.peer().certificates())
              instanceof CertificateVerifier.Verification.Verified(Proof proof)) {
        Asker asker = named(each.getKey(), proof, _ -> true);
        if (asker != null) {
          return asker;
        }
      }
    }
    return null;
  }

  private @Nullable Asker named(String by, Proof proof, Predicate<Asker> fits) {
    for (Asker asker : askers) {
      if (asker.by().equals(by)
          && asker.named().equals(proof.alone().subject())
          && fits.test(asker)) {
        return asker;
      }
    }
    return null;
  }
}
