package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.schema.GapCopy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A body without what verdicts cut out of it.
final class Redaction {
  private Redaction() {}

  /// The body as it leaves: the very same where nothing is cut, null where it cannot be cut because
  /// it is not the JSON that the verdicts speak of.
  static @Nullable Bytes of(Reading reading, List<Edit> edits) {
    Bytes body = reading.bytes();
    long[] gaps =
        edits.stream()
            .filter(Edit.CutBody.class::isInstance)
            .map(Edit.CutBody.class::cast)
            .mapToLong(cut -> GapCopy.gap(cut.from(), cut.to()))
            .toArray();
    if (gaps.length == 0) {
      return reading.whole();
    }
    return reading.whole() == body
        ? Bytes.of(GapCopy.without(body.array(), body.from(), body.to(), gaps))
        : null;
  }
}
