package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.schema.GapCopy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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
            Edit.SetQuery _,
            Edit.SetResponseHeader _,
            Edit.RemoveResponseHeader _,
            Edit.AddResponseValue _ -> {}
      }
    }
    if (cuts == 0 && masks.isEmpty()) {
      return reading.whole();
    }
    Bytes body = reading.bytes();
    return reading.whole() == body
        ? Bytes.of(
            GapCopy.edited(body.array(), body.from(), body.to(), Arrays.copyOf(gaps, cuts), masks))
        : null;
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
