package dev.gatewarden.platform.probing;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.probe.Answer;
import org.jspecify.annotations.Nullable;

/// A refusal of the gate's own, told from those of the service by its problem document (RFC 9457).
///
/// @param word the problem's type, `not-found`
/// @param detail what it says of it, for callers
/// @param decision the id of the line in which the gate wrote down why
public record GateRefusal(String word, String detail, String decision) {
  private static final String PROBLEM = "urn:gatewarden:problem:";
  private static final String DECISION = "urn:gatewarden:decision:";

  /// The refusal that an answer is, or null where it is another's.
  static @Nullable GateRefusal of(Answer answer) {
    if (!(answer.json() instanceof Node.Obj problem)) {
      return null;
    }
    String type = said(problem, "type");
    String instance = said(problem, "instance");
    return type.startsWith(PROBLEM)
        ? new GateRefusal(
            type.substring(PROBLEM.length()),
            said(problem, "detail"),
            instance.startsWith(DECISION) ? instance.substring(DECISION.length()) : "")
        : null;
  }

  private static String said(Node.Obj problem, String member) {
    String text = Json.scalar(problem.get(member));
    return text == null ? "" : Plain.text(text);
  }

  @Override
  public String toString() {
    return word + (detail.isEmpty() ? "" : ": " + detail);
  }
}
