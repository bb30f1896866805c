package dev.gatewarden.controls.guards.access;

import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.exchange.Headers;
import java.util.ArrayList;
import java.util.List;

/// The fields of a list's answer that speak of the whole list, foreign objects included: how many
/// there are, on which page it ends, when any of them changed.
final class TellingHeaders {
  private static final List<String> COUNTS =
      List.of(
          "x-total-count",
          "x-total",
          "x-total-pages",
          "x-total-results",
          "x-count",
          "x-pagination",
          "x-pagination-total",
          "x-pagination-total-count",
          "x-pagination-page-count",
          "x-pagination-last-page",
          "x-page-count",
          "x-record-count",
          "x-item-count",
          "x-resultcount",
          "total-count",
          "total",
          "count",
          "content-range",
          "pagination");

  private static final List<String> CHANGES = List.of("etag", "last-modified");

  private TellingHeaders() {}

  /// What has to go.
  ///
  /// @param edits where each change is added
  /// @return whether any of them tells a number
  static boolean add(Headers headers, List<Edit> edits) {
    int before = edits.size();
    for (int i = 0; i < COUNTS.size(); i++) {
      if (headers.first(COUNTS.get(i)) != null) {
        edits.add(new Edit.RemoveResponseHeader(COUNTS.get(i)));
      }
    }
    if (headers.first("link") != null) {
      link(headers.all("link"), edits);
    }
    boolean counts = edits.size() > before;
    for (int i = 0; i < CHANGES.size(); i++) {
      if (headers.first(CHANGES.get(i)) != null) {
        edits.add(new Edit.RemoveResponseHeader(CHANGES.get(i)));
      }
    }
    return counts;
  }

  /// Leaves out the last page (RFC 8288, section 3).
  private static void link(List<String> lines, List<Edit> edits) {
    List<String> left = new ArrayList<>();
    boolean dropped = false;
    for (String line : lines) {
      for (String link : links(line)) {
        if (isLast(link)) {
          dropped = true;
        } else if (!link.isBlank()) {
          left.add(link.strip());
        }
      }
    }
    if (dropped) {
      edits.add(
          left.isEmpty()
              ? new Edit.RemoveResponseHeader("link")
              : new Edit.SetResponseHeader("link", String.join(", ", left)));
    }
  }

  /// The links of a line, parted at commas outside of `<>` and quotes.
  private static List<String> links(String line) {
    List<String> links = new ArrayList<>();
    boolean address = false;
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i <= line.length(); i++) {
      char c = i == line.length() ? ',' : line.charAt(i);
      boolean end = i == line.length();
      if (quoted && c == '\\' && !end) {
        i++;
      } else if (c == '"' && !address) {
        quoted = !quoted;
      } else if (!quoted && c == '<') {
        address = true;
      } else if (!quoted && c == '>') {
        address = false;
      } else if (c == ',' && (end || (!address && !quoted))) {
        links.add(line.substring(from, i));
        from = i + 1;
      }
    }
    return links;
  }

  private static boolean isLast(String link) {
    int parameters = link.indexOf('>');
    String words = parameters < 0 ? link : link.substring(parameters);
    for (String word : QueryNames.parted(words, " \t;=\"'")) {
      if (word.equalsIgnoreCase("last")) {
        return true;
      }
    }
    return false;
  }
}
