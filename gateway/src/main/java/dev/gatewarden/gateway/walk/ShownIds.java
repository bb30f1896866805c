package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.gateway.binder.InnerReading;
import dev.gatewarden.gateway.binder.opaque.Rewriting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The ids that callers see, as edits of an answer beside those that verdicts ask for.
final class ShownIds {
  private ShownIds() {}

  /// The very edits where no id has another in its place. What a verdict masks stays masked.
  static List<Edit> with(List<Edit> edits, Reading reading) {
    if (!(reading instanceof InnerReading inner) || inner.swaps().isEmpty()) {
      return edits;
    }
    List<Edit> all = new ArrayList<>(edits.size() + inner.swaps().size());
    all.addAll(edits);
    for (Rewriting.Swap swap : inner.swaps()) {
      all.add(
          new Edit.MaskBody(
              swap.from(), swap.to(), new String(swap.json(), StandardCharsets.UTF_8)));
    }
    return all;
  }
}
