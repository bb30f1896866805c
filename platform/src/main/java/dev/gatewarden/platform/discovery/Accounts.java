package dev.gatewarden.platform.discovery;

import dev.gatewarden.core.contract.Shape;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The accounts of an API: what stands on nearly every object tells customers apart, not people.
final class Accounts {
  private static final Set<String> NAMES =
      Set.of(
          "accountid",
          "account",
          "orgid",
          "organizationid",
          "organisationid",
          "organization",
          "workspaceid",
          "workspace",
          "merchantid",
          "merchant",
          "shopid",
          "shop",
          "storeid",
          "companyid");

  /// Below this a contract is too small to tell what is everywhere.
  private static final int FEWEST = 3;

  private final Map<String, Integer> counts = new HashMap<>();
  private int kinds;

  Accounts(Collection<Kind> all) {
    for (Kind kind : all) {
      Shape shape = kind.shape;
      if (shape != null && kind.id != null) {
        kinds++;
        Guessing.values(shape).keySet().stream()
            .map(Accounts::name)
            .filter(NAMES::contains)
            .distinct()
            .forEach(each -> counts.merge(each, 1, Integer::sum));
      }
    }
  }

  /// The member of an object that names the account it belongs to, where nearly all have one.
  Optional<Guess> tenant(Map<String, Shape> values) {
    return named(values)
        .filter(at -> kinds >= FEWEST && 2 * count(at) > kinds)
        .map(
            at ->
                new Guess(
                    at,
                    "principal.tenant",
                    0.6,
                    "named like an account, on " + count(at) + " of " + kinds + " types"));
  }

  /// Such a member, wherever it stands.
  Optional<String> named(Map<String, Shape> values) {
    return values.entrySet().stream()
        .filter(each -> NAMES.contains(name(each.getKey())) && each.getValue().scalar())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private int count(String pointer) {
    return counts.getOrDefault(name(pointer), 0);
  }

  /// Its name as a member of the object itself, or of the attributes and relationships it has.
  private static String name(String pointer) {
    String related = Guessing.related(pointer);
    String own = related.isEmpty() ? Guessing.attribute(pointer) : related;
    return own.indexOf('/') < 0 ? Words.plain(own) : "";
  }
}
