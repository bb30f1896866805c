package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ObjectUse;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.exchange.Reading.Role;
import dev.gatewarden.core.schema.GapCopy;
import dev.gatewarden.gateway.binder.InnerReading;
import dev.gatewarden.gateway.binder.RequestBinder;
import dev.gatewarden.gateway.binder.RequestBinder.Bound;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Takes out of a request what verdicts want out of it, writes into it what they want there, and
/// judges again what comes of it: that is forwarded, and nothing else.
final class Stripping {
  private Stripping() {}

  /// Whether any verdict wants something out of the request, or into it.
  static boolean wanted(List<Edit> edits) {
    for (int i = 0; i < edits.size(); i++) {
      if (edits.get(i) instanceof Edit.CutRequest || edits.get(i) instanceof Edit.WriteRequest) {
        return true;
      }
    }
    return false;
  }

  /// The request without it; null where what is left breaks the contract, is about other objects,
  /// or
  /// would no longer say whose objects are searched for.
  static Bound.@Nullable Calls of(
      RequestBinder binder, Exchange exchange, List<Call> calls, List<Edit> edits) {
    Reading judged = calls.getFirst().body();
    if (judged.whole() != judged.bytes()) {
      return null;
    }
    Bytes left = cutsFilter(judged, edits) ? null : without(judged, edits);
    return left != null
            && binder.bind(exchange, left, false)
                instanceof Bound.Calls(List<Call> each, Bytes body)
            && same(calls, each, edits)
        ? new Bound.Calls(each, body)
        : null;
  }

  private static @Nullable Bytes without(Reading judged, List<Edit> edits) {
    Bytes body = judged.bytes();
    long[] gaps = new long[edits.size()];
    int count = 0;
    List<GapCopy.Mask> written = List.of();
    for (int i = 0; i < edits.size(); i++) {
      if (edits.get(i) instanceof Edit.CutRequest(int from, int to)) {
        gaps[count++] = GapCopy.gap(from, to);
      } else if (edits.get(i) instanceof Edit.WriteRequest(int at, String text)) {
        written = written.isEmpty() ? new ArrayList<>() : written;
        written.add(new GapCopy.Mask(at, at, text.getBytes(StandardCharsets.UTF_8)));
      }
    }
    if (judged instanceof InnerReading && !written.isEmpty()) {
      return null;
    }
    long[] all = Arrays.copyOf(gaps, count);
    if (judged instanceof InnerReading inner) {
      return inner.without(all);
    }
    byte[] left = GapCopy.written(body.array(), body.from(), body.to(), all, written);
    return left == null ? null : Bytes.of(left);
  }

  /// Whether a cut takes what says whose objects are searched for: that was judged, and what is
  /// left without it searches among everybody's.
  private static boolean cutsFilter(Reading judged, List<Edit> edits) {
    List<Mark> marks = judged.marks();
    for (int i = 0; i < marks.size(); i++) {
      Mark mark = marks.get(i);
      if (mark.meaning() instanceof Meaning.Part(int _, Role role, String _)
          && role == Role.FILTER
          && isCut(mark, edits)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isCut(Mark mark, List<Edit> edits) {
    for (int i = 0; i < edits.size(); i++) {
      if (edits.get(i) instanceof Edit.CutRequest(int from, int to)
          && from <= mark.from()
          && mark.to() <= to) {
        return true;
      }
    }
    return false;
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
