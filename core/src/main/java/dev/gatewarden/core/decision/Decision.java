package dev.gatewarden.core.decision;

import dev.gatewarden.core.exchange.Stage;
import java.util.List;

/// The combined answer for an Exchange at the last stage that was judged.
///
/// @param stage where it was made
/// @param determined the verdicts that made it, sorted by guard; for an allowed exchange, those
///     that gave a reason
/// @param wouldDeny what guards in observe would have refused
public record Decision(
    Outcome outcome, Stage stage, List<Judged> determined, List<Judged> wouldDeny) {

  /// What becomes of the exchange.
  public sealed interface Outcome {
    Outcome ALLOWED = new Allowed();

    /// It goes on.
    record Allowed() implements Outcome {}

    /// It is refused.
    record Denied(Verdict.Deny deny) implements Outcome {}

    /// The caller is asked to prove something.
    ///
    /// @param schemes every scheme that would do, as `WWW-Authenticate` names it
    /// @param headers what the answer carries besides
    record Challenged(Reason reason, List<String> schemes, List<Reply.Line> headers)
        implements Outcome {
      public Challenged(Reason reason, List<String> schemes) {
        this(reason, schemes, List.of());
      }
    }

    /// The gate answers by itself.
    record Answered(Reason reason, Reply reply) implements Outcome {}
  }

  public boolean allowed() {
    return outcome instanceof Outcome.Allowed;
  }
}
