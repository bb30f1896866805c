package dev.gatewarden.core.decision;

import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.identity.Proof;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How the answers of the identifying guards become at most one Principal.
///
/// The first alternative of the contract whose schemes are all proved makes the Principal; among
/// those, one whose scopes are granted goes before one
/// whose scopes are not. What is broken never falls back to another alternative or to nobody.
public final class IdentityRule {
  private static final String TENANT = "tenant";

  /// The key that a proof is bound to (RFC 7800).
  private static final String BOUND_TO = "cnf";

  private IdentityRule() {}

  /// What an identifying guard said of the credential that one scheme asks for.
  public record Answered(String scheme, Judged judged) {}

  /// The outcome of IDENTIFY.
  public sealed interface Identity {
    /// Exactly one caller.
    record Known(Principal principal, Lease lease, Security.Alternative proved)
        implements Identity {}

    /// Nobody, and the contract lets nobody in.
    record Anonymous() implements Identity {}

    /// Refused: a credential is broken, or two contradict each other.
    record Refused(Reason reason, @Nullable String guard) implements Identity {}

    /// Nothing that would do was proved.
    record Unproved() implements Identity {}
  }

  /// Applies the rule.
  ///
  /// @param answers one for each scheme the operation names; in observe, what is broken counts as
  ///     absent
  public static Identity apply(Security security, List<Answered> answers) {
    Judged broken = broken(answers);
    if (broken != null) {
      return new Identity.Refused(((Verdict.Broken) broken.verdict()).reason(), broken.guard());
    }
    if (disagree(answers)) {
      return new Identity.Refused(Combined.FACETS_DISAGREE, null);
    }
    Identity.@Nullable Known ungranted = null;
    for (Security.Alternative alternative : security.alternatives()) {
      List<Proof> proofs = proofs(alternative, answers);
      if (proofs == null || proofs.isEmpty()) {
        continue;
      }
      Identity.Known known = known(alternative, proofs);
      if (granted(alternative, answers)) {
        return known;
      }
      ungranted = ungranted == null ? known : ungranted;
    }
    if (ungranted != null) {
      return ungranted;
    }
    return security.admitsAnonymous() ? new Identity.Anonymous() : new Identity.Unproved();
  }

  private static @Nullable Judged broken(List<Answered> answers) {
    Judged first = null;
    for (Answered answer : answers) {
      Judged judged = answer.judged();
      if (judged.enforced()
          && judged.verdict() instanceof Verdict.Broken
          && (first == null || judged.guard().compareTo(first.guard()) < 0)) {
        first = judged;
      }
    }
    return first;
  }

  private static boolean disagree(List<Answered> answers) {
    if (answers.size() < 2) {
      return false;
    }
    Map<Object, Object> said = new HashMap<>();
    for (Answered answer : answers) {
      if (answer.judged().verdict() instanceof Verdict.Proved(Proof proof, var _)
          && (contradicts(said, TENANT, proof.tenant())
              || contradicts(said, BOUND_TO, proof.claims().get(BOUND_TO))
              || contradicts(said, proof))) {
        return true;
      }
    }
    return false;
  }

  private static boolean contradicts(Map<Object, Object> said, Proof proof) {
    for (Map.Entry<Facet, String> facet : proof.facets().entrySet()) {
      if (contradicts(said, facet.getKey(), name(proof, facet.getKey(), facet.getValue()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean contradicts(
      Map<Object, Object> said, Object what, @Nullable Object value) {
    Object other = value == null ? null : said.putIfAbsent(what, value);
    return other != null && !other.equals(value);
  }

  /// A subject is somebody within its issuer. A client, a workload or a key has the one name that
  /// the operator gives it, so that a key and a token can be told to belong together.
  private static String name(Proof proof, Facet facet, String value) {
    return switch (facet) {
      case SUBJECT, SENDER -> proof.issuer() + "|" + value;
      case CLIENT, WORKLOAD, PROOF_KEY -> value;
    };
  }

  private static @Nullable List<Proof> proofs(
      Security.Alternative alternative, List<Answered> answers) {
    List<Proof> proofs = new ArrayList<>(alternative.needs().size());
    for (Security.Need need : alternative.needs()) {
      Proof proof = proof(need.scheme(), answers);
      if (proof == null) {
        return null;
      }
      proofs.add(proof);
    }
    return proofs;
  }

  private static @Nullable Proof proof(String scheme, List<Answered> answers) {
    for (Answered answer : answers) {
      if (answer.scheme().equals(scheme)
          && answer.judged().verdict() instanceof Verdict.Proved(Proof proof, var _)) {
        return proof;
      }
    }
    return null;
  }

  private static boolean granted(Security.Alternative alternative, List<Answered> answers) {
    for (Security.Need need : alternative.needs()) {
      Proof proof = proof(need.scheme(), answers);
      if (proof == null || !holdsAll(proof, need.scopes())) {
        return false;
      }
    }
    return true;
  }

  private static boolean holdsAll(Proof proof, List<String> scopes) {
    for (String scope : scopes) {
      if (!proof.scopes().contains(scope)) {
        return false;
      }
    }
    return true;
  }

  private static Identity.Known known(Security.Alternative alternative, List<Proof> proofs) {
    Proof first = proofs.getFirst();
    if (proofs.size() == 1) {
      return new Identity.Known(first.alone(), first.lease(), alternative);
    }
    Map<Facet, String> facets = new EnumMap<>(Facet.class);
    Set<String> scopes = new HashSet<>();
    Set<String> roles = new HashSet<>();
    Set<String> crossing = new HashSet<>();
    Map<String, Object> claims = new HashMap<>();
    List<String> actors = List.of();
    String tenant = null;
    Lease lease = Lease.UNBOUNDED;
    for (Proof proof : subjectFirst(proofs)) {
      facets.putAll(proof.facets());
      scopes.addAll(proof.scopes());
      if (speaksForUser(proof, proofs)) {
        roles.addAll(proof.roles());
        crossing.addAll(proof.crossing());
      }
      proof.claims().forEach(claims::putIfAbsent);
      actors = proof.actors().isEmpty() ? actors : proof.actors();
      tenant = proof.tenant() == null ? tenant : proof.tenant();
      lease = lease.and(proof.lease());
    }
    grantAsked(alternative, proofs, scopes);
    keepWhereGranted(alternative, proofs, scopes, roles);
    crossing.retainAll(roles);
    Proof whole =
        new Proof(naming(proofs), facets, tenant, scopes, roles, claims, actors, crossing, lease);
    return new Identity.Known(whole.alone(), lease, alternative);
  }

  /// A role is the user's: where somebody's user is proved beside a client, a key or a workload,
  /// what those may be makes the user nothing.
  private static boolean speaksForUser(Proof proof, List<Proof> proofs) {
    return proof.facets().containsKey(Facet.SUBJECT)
        || proofs.stream().noneMatch(each -> each.facets().containsKey(Facet.SUBJECT));
  }

  /// A role that a scheme asks of its own credential counts as granted to who presents that.
  private static void grantAsked(
      Security.Alternative alternative, List<Proof> proofs, Set<String> scopes) {
    for (int i = 0; i < proofs.size(); i++) {
      if (!speaksForUser(proofs.get(i), proofs)) {
        for (String asked : alternative.needs().get(i).scopes()) {
          if (proofs.get(i).roles().contains(asked)) {
            scopes.add(asked);
          }
        }
      }
    }
  }

  /// A scope or role that one scheme asks for does not count when another scheme's credential
  /// brings it.
  private static void keepWhereGranted(
      Security.Alternative alternative, List<Proof> proofs, Set<String> scopes, Set<String> roles) {
    for (int i = 0; i < proofs.size(); i++) {
      Proof proof = proofs.get(i);
      for (String asked : alternative.needs().get(i).scopes()) {
        if (!proof.scopes().contains(asked) && !proof.roles().contains(asked)) {
          scopes.remove(asked);
          roles.remove(asked);
        }
      }
    }
  }

  /// Who vouches for the subject: the proof that names one, else the first.
  private static String naming(List<Proof> proofs) {
    return subjectFirst(proofs).getFirst().issuer();
  }

  /// What the subject's proof claims goes before what is claimed beside it.
  private static List<Proof> subjectFirst(List<Proof> proofs) {
    List<Proof> ordered = new ArrayList<>(proofs);
    ordered.sort(Comparator.comparing((Proof proof) -> !proof.facets().containsKey(Facet.SUBJECT)));
    return ordered;
  }
}
