package dev.gatewarden.core.finding;

import java.util.Locale;

/// What data something holds, and what tells.
///
/// @param evidence the word, format, name or kind of value that tells, in the contract's words;
///     never a value
public record Classified(
    Sensitivity sensitivity, Source source, Confidence confidence, String evidence) {

  /// What tells what data is; the surest first.
  public enum Source {
    /// `x-gatewarden-class` with a word that is known.
    ANNOTATION("class-by-annotation"),
    /// `x-gatewarden-class` with the name of a data class of the contract.
    DATA_CLASS("class-by-annotation"),
    FORMAT("class-by-format"),
    NAME("class-by-name"),
    /// Values that passed.
    TRAFFIC("class-by-traffic"),
    EXAMPLE("class-by-example"),
    /// Nothing tells.
    NOTHING("");

    private final String control;

    Source(String control) {
      this.control = control;
    }

    /// What it is called where it is left out.
    public String control() {
      return control;
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /// How sure it is; in rising order.
  public enum Confidence {
    /// Nothing tells, so it is taken for internal.
    ASSUMED,
    /// One value looks like it.
    LOW,
    /// Its name says it, or all of several values look like it.
    MEDIUM,
    /// Its format says it, or its name and a value agree.
    HIGH,
    /// The contract says it.
    STATED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
