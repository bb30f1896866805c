package dev.gatewarden.demo.attack;

/// How one try ended.
///
/// @param reached whether whoever tried has what they were after
/// @param seen the answer that decided it
/// @param gain what they have, or what came instead, in a few words; may be empty
public record Outcome(boolean reached, Seen seen, String gain) {

  static Outcome reached(Seen seen, String gain) {
    return new Outcome(true, seen, gain);
  }

  static Outcome missed(Seen seen, String instead) {
    return new Outcome(false, seen, instead);
  }

  /// @param gain what they have if so
  static Outcome of(boolean reached, Seen seen, String gain) {
    return new Outcome(reached, seen, reached ? gain : "");
  }
}
