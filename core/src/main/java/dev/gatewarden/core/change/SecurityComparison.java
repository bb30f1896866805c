package dev.gatewarden.core.change;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Compares who may call: what callers must prove now, and what they had to prove before.
///
/// An alternative that asks for all that an old one asked for opens nothing; one that asks for less
/// does.
final class SecurityComparison {
  /// An alternative: the scopes by scheme.
  private record Proof(Map<String, Set<String>> needs) {

    /// Whether whoever proves this proves the other as well.
    boolean covers(Proof other) {
      for (Map.Entry<String, Set<String>> need : other.needs.entrySet()) {
        Set<String> scopes = needs.get(need.getKey());
        if (scopes == null || !scopes.containsAll(need.getValue())) {
          return false;
        }
      }
      return true;
    }

    boolean nothing() {
      return needs.isEmpty();
    }

    @Override
    public String toString() {
      List<String> texts = new ArrayList<>();
      needs.forEach(
          (scheme, scopes) ->
              texts.add(scopes.isEmpty() ? scheme : scheme + "(" + String.join(" ", scopes) + ")"));
      return String.join(" and ", texts);
    }
  }

  private final Contract old;
  private final Contract now;
  private final Ledger ledger;
  private final Map<String, String> renamed = new HashMap<>();

  SecurityComparison(Contract old, Contract now, Ledger ledger) {
    this.old = old;
    this.now = now;
    this.ledger = ledger;
    now.schemes().forEach(this::formerly);
  }

  /// What a scheme is called makes no difference where it proves the same.
  private void formerly(String name, SecurityScheme scheme) {
    if (!old.schemes().containsKey(name)) {
      old.schemes()
          .forEach(
              (other, before) -> {
                if (!now.schemes().containsKey(other) && before.kind().equals(scheme.kind())) {
                  renamed.putIfAbsent(name, other);
                }
              });
    }
  }

  void schemes() {
    old.schemes()
        .forEach(
            (name, before) -> {
              SecurityScheme after = now.schemes().get(name);
              if (after != null) {
                new SchemeComparison(ledger, before, after).compare();
              }
            });
  }

  void compare(Operation before, Operation after) {
    List<Proof> olds = proofs(before.security());
    List<Proof> news = proofs(after.security());
    for (Proof each : news) {
      if (olds.stream().noneMatch(each::covers)) {
        opened(each, olds, news, before, after);
      }
    }
    for (Proof each : olds) {
      if (news.stream().noneMatch(each::covers)) {
        closed(each, news, before, after);
      }
    }
  }

  private List<Proof> proofs(Security security) {
    if (!security.stated() || security.alternatives().isEmpty()) {
      return List.of(new Proof(Map.of()));
    }
    List<Proof> proofs = new ArrayList<>();
    for (Security.Alternative alternative : security.alternatives()) {
      Map<String, Set<String>> needs = new TreeMap<>();
      for (Security.Need need : alternative.needs()) {
        String name = renamed.getOrDefault(need.scheme(), need.scheme());
        needs.computeIfAbsent(name, _ -> new TreeSet<>()).addAll(need.scopes());
      }
      proofs.add(new Proof(needs));
    }
    return proofs;
  }

  private void opened(
      Proof way, List<Proof> olds, List<Proof> news, Operation before, Operation after) {
    if (way.nothing()) {
      boolean only = news.stream().allMatch(Proof::nothing);
      note(
          only ? Kind.SECURITY_REMOVED : Kind.ANONYMOUS_ADMITTED,
          before,
          after,
          "",
          only
              ? "no credential is asked for any more; it was `" + shown(olds) + "`"
              : "callers without a credential are let in beside `" + shown(news) + "`");
      return;
    }
    for (Proof other : olds) {
      if (way.needs().keySet().equals(other.needs().keySet())) {
        note(
            Kind.SCOPE_DROPPED,
            before,
            after,
            lacking(other, way),
            "`" + lacking(other, way) + "` is no longer asked for: `" + way + "` is enough");
        return;
      }
    }
    note(
        Kind.SECURITY_ALTERNATIVE_ADDED,
        before,
        after,
        way.toString(),
        "`" + way + "` is enough now; it was `" + shown(olds) + "`");
  }

  private void closed(Proof way, List<Proof> news, Operation before, Operation after) {
    if (way.nothing()) {
      note(
          Kind.SECURITY_ADDED,
          before,
          after,
          "",
          "a credential is asked for: `" + shown(news) + "`");
      return;
    }
    for (Proof other : news) {
      if (way.needs().keySet().equals(other.needs().keySet())) {
        note(
            Kind.SCOPE_ADDED,
            before,
            after,
            lacking(other, way),
            "`" + lacking(other, way) + "` is asked for as well");
        return;
      }
    }
    note(
        Kind.SECURITY_ALTERNATIVE_REMOVED,
        before,
        after,
        way.toString(),
        "`" + way + "` is no longer enough: it takes `" + shown(news) + "`");
  }

  /// The scopes of one proof that the other lacks.
  private static String lacking(Proof one, Proof other) {
    Set<String> scopes = new TreeSet<>();
    one.needs()
        .forEach(
            (scheme, wanted) -> {
              scopes.addAll(wanted);
              scopes.removeAll(other.needs().getOrDefault(scheme, Set.of()));
            });
    return String.join(" ", scopes);
  }

  private static String shown(List<Proof> proofs) {
    List<String> texts =
        proofs.stream().map(each -> each.nothing() ? "nothing" : each.toString()).toList();
    return String.join(" or ", texts);
  }

  private void note(Kind kind, Operation before, Operation after, String about, String sentence) {
    Place one = before.security().place();
    Place other = after.security().place();
    // said once at the top of both contracts, it is one change of many operations
    boolean shared = !within(one, before) && !within(other, after);
    ledger.note(
        kind,
        (shared ? "" : Comparison.shown(after)) + "\n" + about,
        one,
        other,
        sentence,
        after.id().name());
  }

  private static boolean within(Place place, Operation operation) {
    for (Place.Path at = place.path(); at instanceof Place.Path.Step step; at = step.parent()) {
      if (at.equals(operation.place().path())) {
        return true;
      }
    }
    return false;
  }
}
