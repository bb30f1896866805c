package dev.gatewarden.app.command.audit;

import dev.gatewarden.core.finding.Remedy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The edits that were made, or would be: what is done in many places is told once.
public final class Made {
  private static final int SHOWN = 3;

  private final boolean dry;
  private final Map<String, List<String>> places = new LinkedHashMap<>();

  /// @param dry whether nothing was written
  public Made(boolean dry) {
    this.dry = dry;
  }

  public void add(Remedy.Edit edit) {
    String pointer = edit.changes().getFirst().place().pointer();
    String did = (dry ? "would " : "did ") + edit.words();
    places
        .computeIfAbsent(edit.safe() ? did : "to be read: " + did, _ -> new ArrayList<>())
        .add(pointer.isEmpty() ? "the top" : pointer);
  }

  /// A line for each kind of edit, what is safe first.
  public String text() {
    StringBuilder safe = new StringBuilder();
    StringBuilder read = new StringBuilder();
    places.forEach(
        (did, at) -> {
          int shown = Math.min(SHOWN, at.size());
          (did.startsWith("to be read") ? read : safe)
              .append(did)
              .append(" at ")
              .append(String.join(", ", at.subList(0, shown)))
              .append(at.size() > shown ? " and " + (at.size() - shown) + " more" : "")
              .append('\n');
        });
    return safe.append(read).toString();
  }
}
