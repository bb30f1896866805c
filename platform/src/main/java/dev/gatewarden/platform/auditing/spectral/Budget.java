package dev.gatewarden.platform.auditing.spectral;

/// What one rule may cost on one document, counted down.
final class Budget {
  /// Enough for each value of the largest contracts many times over.
  static final long MOST_STEPS = 20_000_000;

  static final int MOST_MATCHES = 500_000;

  private long steps = MOST_STEPS;

  /// A rule cost too much; the message ends a sentence that begins with the rule.
  static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1;

    Spent(String message) {
      super(message, null, false, false);
    }
  }

  void step() {
    steps(1);
  }

  void steps(int number) {
    steps -= number;
    if (steps < 0) {
      throw new Spent("takes more than " + MOST_STEPS + " steps on this document");
    }
  }

  void holds(int matches) {
    if (matches > MOST_MATCHES) {
      throw new Spent("meets more than " + MOST_MATCHES + " values of this document");
    }
  }
}
