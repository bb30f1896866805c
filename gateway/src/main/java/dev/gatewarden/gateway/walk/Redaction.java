package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.schema.GapCopy;
import java.util.List;

/// A body without what verdicts cut out of it.
final class Redaction {
  private Redaction() {}

  /// The body as it leaves; the very same where nothing is cut.
  static Bytes of(Bytes body, List<Edit> edits) {
    long[] gaps =
        edits.stream()
            .filter(Edit.CutBody.class::isInstance)
            .map(Edit.CutBody.class::cast)
            .mapToLong(cut -> GapCopy.gap(cut.from(), cut.to()))
            .toArray();
    return gaps.length == 0
        ? body
        : Bytes.of(GapCopy.without(body.array(), body.from(), body.to(), gaps));
  }
}
