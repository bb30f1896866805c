package dev.gatewarden.controls.guards.identity;

import dev.gatewarden.controls.guards.identity.BoundTokenGuard.Why;
import dev.gatewarden.core.canon.TargetUri;
import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.identity.KeyProofs.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a proof of possession must say to go with a request, and how long it is remembered (RFC
/// 9449, sections 4.3 and 11.1).
final class ProofRules {
  private static final int LONGEST_PLAIN_ID = 64;
  private static final String SCHEME = "dpop ";

  private final BoundTokenGuard.Config config;

  ProofRules(BoundTokenGuard.Config config) {
    this.config = config;
  }

  /// In what a statement differs from the request, or null.
  @Nullable Why unlike(Statement said, Request request, Object key) {
    if (!config.algorithms().contains(said.algorithm())) {
      return Why.PROOF_ALGORITHM;
    }
    if (!said.thumbprint().equals(key)) {
      return Why.OTHER_KEY;
    }
    if (!said.method().equals(request.method())) {
      return Why.OTHER_METHOD;
    }
    if (!isAddressed(TargetUri.read(said.uri()), request)) {
      return Why.OTHER_ADDRESS;
    }
    long now = request.at().getEpochSecond();
    if (said.issuedAt() > now + config.ahead().toSeconds()) {
      return Why.TOO_NEW;
    }
    if (said.issuedAt() < now - config.window().toSeconds()) {
      return Why.TOO_OLD;
    }
    String token = request.headers().first("authorization");
    boolean same =
        token != null && said.tokenDigest().equals(Thumbprint.of(token.substring(SCHEME.length())));
    return same ? null : Why.OTHER_TOKEN;
  }

  private boolean isAddressed(@Nullable String uri, Request request) {
    if (uri == null) {
      return false;
    }
    if (config.origins().isEmpty()) {
      return uri.equals(TargetUri.of(request));
    }
    for (String origin : config.origins()) {
      if (uri.equals(TargetUri.of(origin, request))) {
        return true;
      }
    }
    return false;
  }

  /// Remembered for as long as the proof could be presented again.
  Claim once(Statement said) {
    String id = said.id().length() <= LONGEST_PLAIN_ID ? said.id() : Thumbprint.of(said.id());
    Duration kept = config.window().plus(config.ahead()).plusSeconds(1);
    return Claim.once("bound-token/" + said.thumbprint() + "/" + id, kept, Why.REPLAYED)
        .keptAlways();
  }
}
