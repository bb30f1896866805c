package dev.gatewarden.core.policy;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whose objects are whose, as far as the gate has learned it itself. A port; every adapter passes
/// one contract suite.
///
/// What is learned is visible on every node before the call returns.
public interface Relations {

  /// One object of one API.
  ///
  /// @param id in the canonical form of the type's ids
  record Key(String api, String type, String id) {}

  /// What is known of it.
  ///
  /// @param parents the ids of its parents, by their type
  record Relation(@Nullable String owner, @Nullable String tenant, Map<String, String> parents) {
    public Relation {
      parents = Map.copyOf(parents);
    }
  }

  /// What is known of an object; empty when the gate never learned of it.
  ///
  /// @throws dev.gatewarden.core.decision.WouldWait on an event loop when the answer is not at hand
  Optional<Relation> find(Key key);

  /// Remembers an object that is not known yet.
  ///
  /// @return false when it is known already with another relation, which stays: nobody becomes the
  ///     owner of what has one
  boolean learn(Key key, Relation relation);

  /// Puts a relation in the place of another, if that is still the one in force: a change of owner.
  boolean replace(Key key, Relation old, Relation relation);

  /// Forgets an object that is gone; forgetting what is not known is no error.
  void forget(Key key);
}
