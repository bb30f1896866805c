package dev.gatewarden.platform.probing.remedy;

import dev.gatewarden.core.document.Pointer;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.finding.Remedy.Change;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An edit of a contract as an OpenAPI Overlay (1.0.0), for who may not or does not want to change
/// the contract itself: a file for `overlay` in `gatewarden.yaml`, and for `--overlay`.
public final class Overlay {
  private Overlay() {}

  /// The overlay's text, or null where an edit takes the place of a value, which no overlay can
  /// say.
  public static @Nullable String of(Remedy.Edit edit) {
    StringBuilder text = new StringBuilder("overlay: 1.0.0\ninfo: {title: ");
    text.append(quoted(edit.words())).append(", version: 1.0.0}\nactions:\n");
    for (Change each : edit.changes()) {
      if (!(each instanceof Change.Add(var place, String member, String json))) {
        return null;
      }
      text.append("- target: ").append(quoted(path(place.pointer()))).append("\n  update:\n    ");
      text.append(quoted(member)).append(": ").append(json).append('\n');
    }
    return text.toString();
  }

  /// The JSONPath of a pointer (RFC 9535, normalized).
  private static String path(String pointer) {
    StringBuilder path = new StringBuilder("$");
    for (String token : Objects.requireNonNull(Pointer.parse(pointer)).tokens()) {
      if (Pointer.index(token) >= 0) {
        path.append('[').append(token).append(']');
      } else {
        path.append("['").append(token.replace("\\", "\\\\").replace("'", "\\'")).append("']");
      }
    }
    return path.toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
