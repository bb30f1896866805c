package dev.gatewarden.gateway.pipeline;

import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Decision;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Judged;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the pipeline remembers of one exchange from stage to stage: what was taken, what will be
/// changed, what was said. Filled only when a stage is
/// complete, so that a stage that has to wait can be run again.
public final class Notes {
  private List<Claims.Receipt> receipts = List.of();
  private List<Judged> wouldDeny = List.of();
  private List<Judged> determined = List.of();
  private List<Edit> edits = List.of();
  private Claims.Allowance tightest = Claims.Allowance.NONE;
  private Claims.@Nullable Taken watched;

  void took(Claims.Receipt receipt, Claims.Allowance allowance) {
    if (receipts.isEmpty()) {
      receipts = new ArrayList<>(4);
    }
    receipts.add(receipt);
    if (allowance.limit() > 0
        && (tightest.limit() == 0 || allowance.remaining() < tightest.remaining())) {
      tightest = allowance;
    }
  }

  Claims.@Nullable Taken watched() {
    return watched;
  }

  void watched(Claims.Taken taken) {
    watched = taken;
  }

  void said(Decision decision) {
    watched = null;
    wouldDeny = joined(wouldDeny, decision.wouldDeny());
    determined =
        decision.allowed() ? joined(determined, decision.determined()) : decision.determined();
  }

  /// Remembers the edits of a stage.
  ///
  /// @return false when one contradicts an edit of an earlier stage
  boolean edited(List<Edit> more) {
    if (edits.isEmpty()) {
      edits = more;
      return true;
    }
    for (Edit edit : more) {
      for (Edit earlier : edits) {
        if (earlier.target().equals(edit.target()) && !earlier.equals(edit)) {
          return false;
        }
      }
    }
    List<Edit> all = new ArrayList<>(edits);
    all.addAll(more);
    edits = all;
    return true;
  }

  private static List<Judged> joined(List<Judged> some, List<Judged> more) {
    if (more.isEmpty()) {
      return some;
    }
    if (some.isEmpty()) {
      return more;
    }
    List<Judged> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  /// What is left of the tightest limit that counted this exchange.
  public Claims.Allowance tightest() {
    return tightest;
  }

  /// What guards in observe would have refused.
  public List<Judged> wouldDeny() {
    return wouldDeny;
  }

  /// The verdicts that made the decision so far.
  public List<Judged> determined() {
    return determined;
  }

  /// The changes asked for so far.
  public List<Edit> edits() {
    return edits;
  }

  /// What was taken and is not settled yet.
  public List<Claims.Receipt> receipts() {
    return receipts;
  }
}
