package dev.gatewarden.app.command.coverage;

/// How an operation stands as to one question, from the best to the worst.
public enum State {
  /// A guard refuses whoever fails it.
  ENFORCED("enforced"),
  /// The contract says that nothing is to be asked here, and why.
  OPEN("open"),
  /// A guard watches and refuses nobody yet.
  OBSERVED("observed"),
  /// An exception relaxes it until a day.
  EXCUSED("excused"),
  /// Nothing asks.
  UNGUARDED("unguarded");

  private final String word;

  State(String word) {
    this.word = word;
  }

  /// As users read it.
  public String word() {
    return word;
  }

  State worse(State other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
