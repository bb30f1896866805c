package dev.gatewarden.platform.probing.protocol;

import dev.gatewarden.core.finding.Severity;
import org.jspecify.annotations.Nullable;

/// What came of a request.
///
/// @param attempt its number
/// @param refusal why it says nothing of the schema, such as that the caller may not; else null
/// @param wrong what is wrong with the answer, or null
public record Seen(int attempt, @Nullable String refusal, @Nullable Wrong wrong) {

  /// What is wrong with an answer.
  ///
  /// @param kind in one word: what shows the same has the same
  /// @param place what of the request lets it in; never a value
  /// @param message a sentence: lower case, without full stop
  public record Wrong(String kind, String place, Severity severity, String message) {}

  public static Seen well(int attempt) {
    return new Seen(attempt, null, null);
  }

  /// It was not judged by the schema.
  public static Seen refused(int attempt, String why) {
    return new Seen(attempt, why, null);
  }

  public static Seen wrong(
      int attempt, String kind, String place, Severity severity, String message) {
    return new Seen(attempt, null, new Wrong(kind, place, severity, message));
  }
}
