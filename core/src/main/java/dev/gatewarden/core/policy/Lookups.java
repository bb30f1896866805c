package dev.gatewarden.core.policy;

import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ObjectFacts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks the service itself about an object, through the look-up operation its type names
/// (`read-by`). A port.
///
/// Refusals alone are remembered, for reads alone, foreign and absent alike: an object that changed
/// hands is never judged by what it was.
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

  /// Tells that an object was refused to the caller of an exchange that only reads, so that the
  /// service is not asked again for a moment.
  default void refused(ObjectType type, String id, Map<String, String> within, Exchange cause) {}

  /// Tells that the caller of an exchange changed something: nothing refused to them before is
  /// remembered.
  default void changed(Exchange cause) {}

  /// The answer to a look-up.
  sealed interface Answer {

    /// The object is there.
    ///
    /// @param etag the strong validator that the service gave, or null
    record Found(ObjectFacts facts, @Nullable String etag) implements Answer {
      public Found(ObjectFacts facts) {
        this(facts, null);
      }
    }

    /// The service does not let whoever asked know.
    record Withheld() implements Answer {
      static final Withheld PLAIN = new Withheld();
    }

    /// The service says that there is none.
    record Absent() implements Answer {
      static final Absent PLAIN = new Absent();
    }

    /// Nobody can say: no answer, an error, or an answer that breaks the contract.
    record Failed() implements Answer {
      static final Failed PLAIN = new Failed();
    }
  }

  static Answer withheld() {
    return Answer.Withheld.PLAIN;
  }

  static Answer absent() {
    return Answer.Absent.PLAIN;
  }

  static Answer failed() {
    return Answer.Failed.PLAIN;
  }
}
