package dev.gatewarden.gateway.authzen;

import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.decision.IdentityRule;
import dev.gatewarden.core.decision.IdentityRule.Identity;
import dev.gatewarden.core.decision.Judged;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.identity.Proof;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whom a question is about, and for which security schemes of the API that is a proof.
///
/// @param proof null for somebody who proved nothing
/// @param whole whether everything that the proof says is known, so that policies can read it
/// @param stated whether nobody but the asking service says so
record Caller(@Nullable Proof proof, Set<String> schemes, boolean whole, boolean stated) {
  private static final Security.Alternative NOTHING = new Security.Alternative(List.of());

  /// Somebody who proved nothing.
  static final Caller NOBODY = new Caller(null, Set.of(), true, false);

  /// The exchange with this caller, by the rule that holds for requests.
  Exchange in(Exchange exchange, Security security) {
    Proof proved = proof;
    if (proved == null) {
      return exchange.calledBy(Principal.NOBODY, NOTHING, Lease.UNBOUNDED);
    }
    Verdict known = new Verdict.Proved(proved, List.of());
    List<IdentityRule.Answered> answers = new ArrayList<>();
    for (String scheme : named(security)) {
      Verdict verdict = schemes.contains(scheme) ? known : new Verdict.Absent("");
      answers.add(new IdentityRule.Answered(scheme, new Judged("asked", Mode.ENFORCE, verdict)));
    }
    return switch (IdentityRule.apply(security, answers)) {
      case Identity.Known(Principal who, Lease lease, Security.Alternative by) ->
          exchange.calledBy(who, by, lease);
      // The operation never asked for this proof: a request that brings it is nobody's.
      case Identity.Anonymous _ -> exchange.calledBy(Principal.NOBODY, NOTHING, Lease.UNBOUNDED);
      case Identity.Unproved _, Identity.Refused _ ->
          exchange.calledBy(proved.alone(), NOTHING, proved.lease());
    };
  }

  /// Whether somebody is meant who was shut out: of whom a service merely names, nobody knows since
  /// when.
  boolean isShutOut(Blocks blocks) {
    Proof said = stated ? proof : null;
    if (said == null) {
      return false;
    }
    String client = said.facets().get(Facet.CLIENT);
    return blocks.blocked(Blocks.Kind.SUBJECT, said.alone().key(), Instant.EPOCH)
        || (client != null
            && blocks.blocked(Blocks.Kind.CLIENT, said.issuer() + "|" + client, Instant.EPOCH));
  }

  private static Set<String> named(Security security) {
    Set<String> named = new LinkedHashSet<>();
    for (Security.Alternative alternative : security.alternatives()) {
      alternative.needs().forEach(need -> named.add(need.scheme()));
    }
    return named;
  }
}
