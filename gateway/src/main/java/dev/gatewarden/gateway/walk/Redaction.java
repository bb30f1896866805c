package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.schema.GapCopy;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A body without what verdicts cut out of it, and with what they put in its place.
final class Redaction {
  private Redaction() {}

  /// The body as it leaves: the very same where nothing is changed, null where it cannot be changed
  /// because it is not the JSON that the verdicts speak of.
  static @Nullable Bytes of(Reading reading, List<Edit> edits) {
    long[] gaps = new long[edits.size()];
    int cuts = 0;
    List<GapCopy.Mask> masks = List.of();
    for (int i = 0; i < edits.size(); i++) {
      switch (edits.get(i)) {
        case Edit.ReplaceBody(String body, String _) -> {
          return Bytes.of(body.getBytes(StandardCharsets.UTF_8));
        }
        case Edit.CutBody(int from, int to) -> gaps[cuts++] = GapCopy.gap(from, to);
        case Edit.MaskBody(int from, int to, String json) -> {
          masks = masks.isEmpty() ? new ArrayList<>() : masks;
          masks.add(new GapCopy.Mask(from, to, json.getBytes(StandardCharsets.UTF_8)));
        }
        case Edit.SetRequestHeader _,
            Edit.RemoveRequestHeader _,
            Edit.CutRequest _,
            Edit.WriteRequest _,
            Edit.SetQuery _,
            Edit.SetResponseHeader _,
            Edit.RemoveResponseHeader _,
            Edit.AddResponseValue _,
            Edit.KeepAnswer _,
            Edit.WatchLogin _,
            Edit.ChargeAnswer _,
            Edit.KeepStep _ -> {}
      }
    }
    if (cuts == 0 && masks.isEmpty()) {
      return reading.whole();
    }
    Bytes body = reading.bytes();
    if (reading.lines()) {
      return ofLines(body, Arrays.copyOf(gaps, cuts), masks);
    }
    return reading.whole() == body
        ? Bytes.of(
            GapCopy.edited(body.array(), body.from(), body.to(), Arrays.copyOf(gaps, cuts), masks))
        : null;
  }

  /// A line that is cut as a whole goes with its end, so that nobody counts what is left of it.
  private static Bytes ofLines(Bytes body, long[] gaps, List<GapCopy.Mask> masks) {
    Arrays.sort(gaps);
    List<GapCopy.Mask> covers = new ArrayList<>(masks);
    covers.sort(Comparator.comparingInt(GapCopy.Mask::from));
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length());
    int gap = 0;
    int mask = 0;
    for (int from = body.from(); from < body.to(); ) {
      int end = from;
      while (end < body.to() && body.array()[end] != '\n') {
        end++;
      }
      int firstGap = gap;
      while (gap < gaps.length && (int) (gaps[gap] >>> 32) < end) {
        gap++;
      }
      int firstMask = mask;
      while (mask < covers.size() && covers.get(mask).from() < end) {
        mask++;
      }
      line(
          body.array(),
          from,
          end,
          Arrays.copyOfRange(gaps, firstGap, gap),
          covers.subList(firstMask, mask),
          out);
      from = end + 1;
    }
    return Bytes.of(out.toByteArray());
  }

  /// @param gaps those within the line
  /// @param masks those within the line
  private static void line(
      byte[] json,
      int from,
      int end,
      long[] gaps,
      List<GapCopy.Mask> masks,
      ByteArrayOutputStream out) {
    for (long gap : gaps) {
      int start = (int) (gap >>> 32);
      int stop = Integer.MAX_VALUE - (int) gap;
      if (isBlank(json, from, start) && isBlank(json, stop, end)) {
        return;
      }
    }
    if (gaps.length == 0 && masks.isEmpty()) {
      out.write(json, from, end - from);
    } else {
      out.writeBytes(GapCopy.edited(json, from, end, gaps, masks));
    }
    out.write('\n');
  }

  private static boolean isBlank(byte[] json, int from, int to) {
    for (int i = from; i < to; i++) {
      if (json[i] != ' ' && json[i] != '\t' && json[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  /// Whether any of the edits changes the body.
  static boolean changes(List<Edit> edits) {
    for (int i = 0; i < edits.size(); i++) {
      if (edits.get(i).ofBody()) {
        return true;
      }
    }
    return false;
  }
}
