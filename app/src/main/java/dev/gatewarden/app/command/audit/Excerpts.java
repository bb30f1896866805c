package dev.gatewarden.app.command.audit;

import dev.gatewarden.core.document.Place;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lines of the documents that were read, to be shown below what is said of them.
final class Excerpts {
  private static final int WIDTH = 100;
  private static final int BEFORE = 30;
  private static final int FURTHEST = 200;

  private final Map<URI, List<String>> files = new HashMap<>();

  /// One line, and where in it the place begins.
  ///
  /// @param column from 0, in what is shown
  record Excerpt(String line, int column) {}

  /// The line of a place, or null where its document cannot be read again.
  @Nullable Excerpt of(Place place) {
    List<String> lines = files.computeIfAbsent(place.origin().address(), address -> lines(address));
    if (place.line() > lines.size()) {
      return null;
    }
    String line = lines.get(place.line() - 1);
    int indent = 0;
    while (indent < line.length() && Character.isWhitespace(line.charAt(indent))) {
      indent++;
    }
    int at = Math.clamp(place.column() - 1L, 0, Math.max(0, line.length() - 1));
    int from = at - indent > WIDTH - BEFORE ? at - BEFORE : Math.min(indent, at);
    int to = Math.min(line.length(), from + WIDTH);
    return new Excerpt(
        (from > indent ? "…" : "")
            + printable(line.substring(from, to))
            + (to < line.length() ? "…" : ""),
        at - from + (from > indent ? 1 : 0));
  }

  /// The line that a place stands below, and its number, or null where its own line tells: what
  /// begins a line in YAML is known by the name above it.
  @Nullable Above above(Place place) {
    List<String> lines = files.computeIfAbsent(place.origin().address(), address -> lines(address));
    if (place.line() > lines.size()) {
      return null;
    }
    String own = lines.get(place.line() - 1);
    int indent = own.length() - own.stripLeading().length();
    if (indent == 0 || place.column() - 1 != indent) {
      return null;
    }
    for (int i = place.line() - 2; i >= 0 && i >= place.line() - FURTHEST; i--) {
      String line = lines.get(i);
      String text = line.stripLeading();
      if (!text.isEmpty() && text.charAt(0) != '#' && line.length() - text.length() < indent) {
        int comment = text.indexOf(" #");
        String bare = comment < 0 ? text : text.substring(0, comment);
        return bare.stripTrailing().endsWith(":") && text.length() < WIDTH
            ? new Above(i + 1, printable(text))
            : null;
      }
    }
    return null;
  }

  /// What stands above.
  record Above(int number, String line) {}

  private static List<String> lines(URI address) {
    try {
      String text = new String(Files.readAllBytes(Path.of(address)), StandardCharsets.UTF_8);
      return text.lines().toList();
    } catch (IOException | IllegalArgumentException gone) {
      return List.of();
    }
  }

  private static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      shown.append(c == '\t' ? ' ' : Character.isISOControl(c) ? '?' : c);
    }
    return shown.toString().stripTrailing();
  }
}
