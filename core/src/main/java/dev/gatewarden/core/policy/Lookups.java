package dev.gatewarden.core.policy;

import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ObjectFacts;
import java.util.Map;

/// Asks the service itself about an object, through the look-up operation its type names
/// (`read-by`). A port.
///
/// The path of the look-up is built from typed, re-encoded ids alone. What is found for an exchange
/// that writes never comes from a cache.
@FunctionalInterface
public interface Lookups {

  /// What the service knows of an object now.
  ///
  /// @param id in the canonical form of the type's ids
  /// @param within the ids of its parents by their type, in the same form
  /// @param cause the exchange that needs to know; its principal pays
  /// @throws dev.gatewarden.core.decision.WouldWait on an event loop when the answer is not at hand
  Answer lookUp(ObjectType type, String id, Map<String, String> within, Exchange cause);

  /// The answer to a look-up.
  sealed interface Answer {

    /// The object is there.
    record Found(ObjectFacts facts) implements Answer {}

    /// The service says that there is none.
    record Absent() implements Answer {
      static final Absent PLAIN = new Absent();
    }

    /// Nobody can say: no answer, an error, or an answer that breaks the contract.
    record Failed() implements Answer {
      static final Failed PLAIN = new Failed();
    }
  }

  static Answer absent() {
    return Answer.Absent.PLAIN;
  }

  static Answer failed() {
    return Answer.Failed.PLAIN;
  }
}
