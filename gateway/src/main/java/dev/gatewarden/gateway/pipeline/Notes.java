package dev.gatewarden.gateway.pipeline;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Decision;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Judged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private List<String> policies = List.of();
  private Claims.@Nullable Taken watched;
  private int tries = 1;

  /// How often the request was sent to its service, where that was not once.
  public void tried(int times) {
    tries = times;
  }

  /// How often the request was sent to its service; once, too, where it never was to be.
  public int tries() {
    return tries;
  }

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

  /// Remembers of which limits the caller is told.
  void told(List<Claim> claims) {
    for (int i = 0; i < claims.size(); i++) {
      String policy = claims.get(i).policy();
      if (!policy.isEmpty() && !policies.contains(policy)) {
        policies = policies.isEmpty() ? new ArrayList<>(4) : policies;
        policies.add(policy);
      }
    }
  }

  /// Remembers the limit that refused; the others do not matter any more.
  void spent(Claim claim, Duration wait) {
    tightest = new Claims.Allowance(claim.limit(), 0, wait, claim.policy());
    told(List.of(claim));
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
    Map<Object, Edit> earlier = new HashMap<>();
    for (int i = 0; i < edits.size(); i++) {
      earlier.putIfAbsent(edits.get(i).target(), edits.get(i));
    }
    for (int i = 0; i < more.size(); i++) {
      Edit other = earlier.get(more.get(i).target());
      if (other != null && !other.equals(more.get(i))) {
        return false;
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

  /// Remembers what was said of one part of an answer that passes in parts; of each kind, the
  /// first.
  public void passed(Notes part) {
    wouldDeny = first(wouldDeny, part.wouldDeny);
    determined = first(determined, part.determined);
  }

  /// Remembers why one part of such an answer did not pass, where nobody could judge it.
  public void passed(Judged part) {
    determined = first(determined, List.of(part));
  }

  private static List<Judged> first(List<Judged> known, List<Judged> more) {
    List<Judged> all = known;
    for (int i = 0; i < more.size(); i++) {
      Judged each = more.get(i);
      if (!names(all, each)) {
        all = joined(all, List.of(each));
      }
    }
    return all;
  }

  private static boolean names(List<Judged> all, Judged one) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).guard().equals(one.guard())
          && all.get(i).verdict().getClass() == one.verdict().getClass()) {
        return true;
      }
    }
    return false;
  }

  /// What is left of the tightest limit that counted this exchange.
  public Claims.Allowance tightest() {
    return tightest;
  }

  /// The limits that counted this exchange, as members of `RateLimit-Policy`.
  public List<String> policies() {
    return policies;
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
