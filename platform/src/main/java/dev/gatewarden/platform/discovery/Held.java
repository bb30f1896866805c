package dev.gatewarden.platform.discovery;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What testers say of the objects that are theirs: the kinds of them, and for each the roles of
/// those who have none, who may be there for everybody's.
public final class Held {
  /// Nobody says anything, and what is proposed is for a gate.
  public static final Held UNKNOWN = new Held(Map.of(), false);

  private final Map<String, Set<String>> kinds = new HashMap<>();
  private final boolean probing;

  private Held(Map<String, Set<String>> kinds, boolean probing) {
    kinds.forEach((name, roles) -> this.kinds.put(Words.plain(name), new TreeSet<>(roles)));
    this.probing = probing;
  }

  /// For a run that asks a service, which nothing has to enforce.
  ///
  /// @param kinds by the name of a kind: the roles that none of its owners has
  public static Held by(Map<String, Set<String>> kinds) {
    return new Held(kinds, true);
  }

  /// Whether nothing that is proposed will be enforced.
  boolean probing() {
    return probing;
  }

  /// Whether somebody says that one of a kind is theirs.
  boolean has(String kind) {
    return kinds.containsKey(Words.plain(kind));
  }

  /// The roles that none of the owners of a kind has.
  Set<String> above(String kind) {
    return kinds.getOrDefault(Words.plain(kind), Set.of());
  }
}
