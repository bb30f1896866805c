package dev.gatewarden.core.policy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whose objects are whose, as far as the gate has learned it itself or was told by an import. A
/// port; every adapter passes one contract suite.
///
/// What is learned is visible on every node before the call returns. Each method throws `WouldWait`
/// on an event loop when the answer is not at hand, and `OutOfReach` when it cannot be had at all.
public interface Relations {
  /// The most characters of all texts of one object together.
  int MOST_CHARS = 8_192;

  /// How far up `ancestors` looks.
  int MOST_DEPTH = 16;

  /// How many objects `ancestors` looks at.
  int MOST_ABOVE = 64;

  /// One object of one API.
  ///
  /// @param id in the canonical form of the type's ids
  record Key(String api, String type, String id) {}

  /// What is known of it.
  ///
  /// @param parents the ids of its parents, by their type
  /// @param issuer who vouches for the owner's name, where several issuers name callers; null where
  ///     one did when it was learned
  record Relation(
      @Nullable String owner,
      @Nullable String tenant,
      Map<String, String> parents,
      @Nullable String issuer) {
    public Relation {
      parents = Map.copyOf(parents);
    }

    /// One whose owner is known by name alone.
    public Relation(@Nullable String owner, @Nullable String tenant, Map<String, String> parents) {
      this(owner, tenant, parents, null);
    }

    /// The same with the owner's issuer.
    public Relation by(@Nullable String named) {
      return new Relation(owner, tenant, parents, owner == null ? null : named);
    }
  }

  /// An object and what is known of it.
  record Known(Key key, Relation relation) {}

  /// Some of what is known.
  ///
  /// @param next where the rest begins; empty where there is none
  record Page(List<Known> known, String next) {
    public Page {
      known = List.copyOf(known);
    }
  }

  /// What is known of an object; empty when the gate never learned of it.
  Optional<Relation> find(Key key);

  /// Remembers an object that is not known yet.
  ///
  /// @return false when it is known already with another relation, which stays: nobody becomes the
  ///     owner of what has one. False as well where its texts are too long or no texts at all
  ///     (`RelationText.fits`)
  /// @throws dev.gatewarden.core.decision.OutOfReach also when there is no room
  boolean learn(Key key, Relation relation);

  /// Learns several at once, which a store may do in one step; what one of them was told stands at
  /// its place in the answer.
  default boolean[] learnAll(List<Known> all) {
    boolean[] learned = new boolean[all.size()];
    for (int i = 0; i < learned.length; i++) {
      learned[i] = learn(all.get(i).key(), all.get(i).relation());
    }
    return learned;
  }

  /// Puts a relation in the place of another, if that is still the one in force: a change of owner.
  boolean replace(Key key, Relation old, Relation relation);

  /// Forgets an object that is gone; forgetting what is not known is no error.
  void forget(Key key);

  /// Whether what is learned now would be remembered: false where there is no room, or nobody
  /// answers. Never waits.
  default boolean ready() {
    return true;
  }

  /// How many objects are known, as far as was seen last. Never waits.
  long size();

  /// What is known, a piece at a time. What changes meanwhile may come or not; everything
  /// else comes at least once.
  ///
  /// @param from where to begin: empty, then what the page before said
  /// @param most about how many at once, at least one
  /// @throws IllegalArgumentException when `from` was said by no page
  Page page(String from, int most);

  /// The objects above one, nearest first, each once: its parents, theirs, and so on.
  ///
  /// @return empty where they lead round in a circle, further than `MOST_DEPTH` up, or to more than
  ///     `MOST_ABOVE`: then nobody can say
  default Optional<List<Key>> ancestors(Key key) {
    Set<Key> above = new LinkedHashSet<>();
    List<Key> level = List.of(key);
    int looked = 0;
    for (int depth = 0; !level.isEmpty(); depth++) {
      List<Key> next = new ArrayList<>();
      for (Key each : level) {
        Map<String, String> parents = find(each).map(Relation::parents).orElse(Map.of());
        for (Map.Entry<String, String> parent : parents.entrySet()) {
          // Round a circle the way never ends, so it is longer than any that is taken.
          if (depth == MOST_DEPTH || ++looked > MOST_ABOVE) {
            return Optional.empty();
          }
          next.add(new Key(key.api(), parent.getKey(), parent.getValue()));
        }
      }
      above.addAll(next);
      level = next;
    }
    return Optional.of(List.copyOf(above));
  }
}
