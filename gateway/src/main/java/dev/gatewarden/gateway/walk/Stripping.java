package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ObjectUse;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.schema.GapCopy;
import dev.gatewarden.gateway.binder.InnerReading;
import dev.gatewarden.gateway.binder.RequestBinder;
import dev.gatewarden.gateway.binder.RequestBinder.Bound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Takes out of a request what verdicts want out of it, and judges again what is left: that is
/// forwarded, and nothing else.
final class Stripping {
  private Stripping() {}

  /// Whether any verdict wants something out of the request.
  static boolean wanted(List<Edit> edits) {
    for (int i = 0; i < edits.size(); i++) {
      if (edits.get(i) instanceof Edit.CutRequest) {
        return true;
      }
    }
    return false;
  }

  /// The request without it; null where what is left breaks the contract or is about other objects.
  static Bound.@Nullable Calls of(
      RequestBinder binder, Exchange exchange, List<Call> calls, List<Edit> edits) {
    Reading judged = calls.getFirst().body();
    if (judged.whole() != judged.bytes()) {
      return null;
    }
    return binder.bind(exchange, without(judged, edits), false)
                instanceof Bound.Calls(List<Call> each, Bytes body)
            && same(calls, each, edits)
        ? new Bound.Calls(each, body)
        : null;
  }

  private static Bytes without(Reading judged, List<Edit> edits) {
    Bytes body = judged.bytes();
    long[] gaps = new long[edits.size()];
    int count = 0;
    for (int i = 0; i < edits.size(); i++) {
      if (edits.get(i) instanceof Edit.CutRequest(int from, int to)) {
        gaps[count++] = GapCopy.gap(from, to);
      }
    }
    long[] all = Arrays.copyOf(gaps, count);
    return judged instanceof InnerReading inner
        ? inner.without(all)
        : Bytes.of(GapCopy.without(body.array(), body.from(), body.to(), all));
  }

  private static boolean same(List<Call> before, List<Call> after, List<Edit> edits) {
    if (before.size() != after.size()) {
      return false;
    }
    for (int i = 0; i < before.size(); i++) {
      if (!after.get(i).body().conforms()
          || !left(before.get(i).objects(), edits).equals(named(after.get(i).objects()))) {
        return false;
      }
    }
    return true;
  }

  private record Name(ObjectBinding binding, String id) {}

  private static List<Name> named(List<ObjectUse> uses) {
    return left(uses, List.of());
  }

  /// The objects that items name which were not taken out.
  private static List<Name> left(List<ObjectUse> uses, List<Edit> edits) {
    TreeMap<Integer, Integer> gaps = new TreeMap<>();
    for (int i = 0; i < edits.size(); i++) {
      if (edits.get(i) instanceof Edit.CutRequest(int from, int to)) {
        gaps.merge(from, to, Math::max);
      }
    }
    List<Name> left = new ArrayList<>(uses.size());
    for (int i = 0; i < uses.size(); i++) {
      ObjectUse use = uses.get(i);
      Map.Entry<Integer, Integer> gap = gaps.floorEntry(use.from());
      boolean gone = use.to() > 0 && gap != null && use.to() <= gap.getValue();
      if (!gone) {
        left.add(new Name(use.binding(), use.id()));
      }
    }
    return left;
  }
}
