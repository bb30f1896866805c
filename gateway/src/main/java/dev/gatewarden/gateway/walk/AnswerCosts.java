package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.exchange.Headers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What limits are charged for one answer once it has left: by its size, and by what the service
/// says in a header.
final class AnswerCosts {
  static final AnswerCosts NONE = new AnswerCosts(List.of());

  /// No answer costs more: a service that says nonsense locks nobody out for good.
  private static final long MOST = 1_000_000_000;

  private final List<Cost> costs;

  /// @param told what the service says; 0 where it says nothing that could be understood
  private record Cost(Edit.ChargeAnswer edit, long told) {}

  private AnswerCosts(List<Cost> costs) {
    this.costs = costs;
  }

  /// @param headers of the service's answer
  static AnswerCosts of(List<Edit> edits, Headers headers) {
    List<Cost> costs = List.of();
    for (int i = 0; i < edits.size(); i++) {
      if (edits.get(i) instanceof Edit.ChargeAnswer charge) {
        costs = costs.isEmpty() ? new ArrayList<>(2) : costs;
        costs.add(new Cost(charge, told(charge, headers)));
      }
    }
    return costs.isEmpty() ? NONE : new AnswerCosts(costs);
  }

  /// Those of the edits that keep what the service tells from the caller.
  static List<Edit> told(List<Edit> edits) {
    List<Edit> some = List.of();
    for (int i = 0; i < edits.size(); i++) {
      if (edits.get(i) instanceof Edit.ChargeAnswer) {
        some = some.isEmpty() ? new ArrayList<>(2) : some;
        some.add(edits.get(i));
      }
    }
    return some;
  }

  /// @param bytes of the answer that left
  void charge(long bytes, Instant at, Claims claims) {
    for (int i = 0; i < costs.size(); i++) {
      Cost cost = costs.get(i);
      long per = cost.edit.per();
      long sized = per == 0 ? 0 : Math.min(MOST, bytes / per);
      if (sized > 0 || cost.told > 0) {
        for (Claim claim : cost.edit.charge().claims(sized, cost.told, at)) {
          claims.charge(claim);
        }
      }
    }
  }

  /// The largest of what is told, rounded up; a text that is no number tells nothing.
  private static long told(Edit.ChargeAnswer charge, Headers headers) {
    long most = 0;
    if (!charge.toldBy().isEmpty()) {
      for (String line : headers.all(charge.toldBy())) {
        most = Math.max(most, number(line));
      }
    }
    return most;
  }

  private static long number(String line) {
    String text = line.strip();
    int dot = text.indexOf('.');
    int end = dot < 0 ? text.length() : dot;
    if (end == 0 || !digits(text, 0, end) || (dot >= 0 && !digits(text, dot + 1, text.length()))) {
      return 0;
    }
    boolean part = false;
    for (int i = end + 1; i < text.length(); i++) {
      part |= text.charAt(i) != '0';
    }
    long whole = end > 9 ? MOST : Long.parseLong(text, 0, end, 10);
    return Math.min(MOST, whole + (part ? 1 : 0));
  }

  private static boolean digits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
