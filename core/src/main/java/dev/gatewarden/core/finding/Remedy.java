package dev.gatewarden.core.finding;

import dev.gatewarden.core.document.Place;
import java.util.List;

/// A change that should end a finding.
public sealed interface Remedy {

  /// What to do, in one sentence without a full stop.
  String words();

  /// What a person has to decide.
  record Words(String words) implements Remedy {}

  /// An edit of the contract.
  ///
  /// @param changes made together, or not at all
  /// @param safe whether it may be made without anybody looking: it takes nothing from callers that
  ///     the service grants them today, and promises nothing that the contract does not say
  ///     already;
  ///     any other is a suggestion that a person has to read
  record Edit(String words, List<Change> changes, boolean safe) implements Remedy {
    public Edit {
      changes = List.copyOf(changes);
    }
  }

  /// Lines of `gatewarden.yaml`.
  ///
  /// @param yaml the lines, from the top of the file
  record Setting(String words, String yaml) implements Remedy {}

  /// One change of a document.
  sealed interface Change {
    /// What it begins from: the object that gets or loses a member, or the value replaced.
    Place place();

    /// A member that an object lacks.
    ///
    /// @param json its value, as JSON text
    record Add(Place place, String member, String json) implements Change {}

    /// Another value in the place of one.
    ///
    /// @param json as JSON text
    record Replace(Place place, String json) implements Change {}

    /// A member less, or an item.
    ///
    /// @param member the name, or the index of an item
    record Remove(Place place, String member) implements Change {}
  }
}
