package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.PathTemplate.Literal;
import dev.gatewarden.core.contract.PathTemplate.Part;
import dev.gatewarden.core.contract.PathTemplate.Segment;
import dev.gatewarden.core.contract.PathTemplate.Variable;
import dev.gatewarden.core.document.Place;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Cuts a path of the contract into its segments, literals and variables.
final class TemplateReader {
  private final Notes notes;

  TemplateReader(Notes notes) {
    this.notes = notes;
  }

  /// The template, or null when it is none and a problem says why.
  @Nullable PathTemplate read(String text, Place place) {
    String wrong = wrong(text);
    if (wrong != null) {
      notes.problem(place, "the path `" + Nodes.shown(text) + "` " + wrong);
      return null;
    }
    List<Segment> segments = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int from = 1;
    while (true) {
      int slash = text.indexOf('/', from);
      String segment = text.substring(from, slash < 0 ? text.length() : slash);
      List<Part> parts = parts(segment, names, text, place);
      if (parts == null) {
        return null;
      }
      segments.add(new Segment(parts));
      if (slash < 0) {
        return new PathTemplate(text, segments);
      }
      from = slash + 1;
    }
  }

  private static @Nullable String wrong(String text) {
    if (!text.startsWith("/")) {
      return "does not begin with `/`";
    }
    int brace = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{') {
        brace++;
      } else if (c == '}') {
        brace--;
      } else if (brace == 0 && c == '?') {
        return "holds a query; operations are told apart by path and method";
      } else if (brace == 0 && c == '#') {
        return "holds a fragment, which no request ever carries";
      } else if (brace > 0 && c == '/') {
        return "has a variable across a slash";
      } else if (c == '\\' || Character.isISOControl(c)) {
        return "holds a character that no path has";
      }
      if (brace < 0 || brace > 1) {
        return "has braces that do not match";
      }
    }
    if (brace != 0) {
      return "has braces that do not match";
    }
    return text.contains("//") ? "has an empty segment" : null;
  }

  private @Nullable List<Part> parts(String segment, Set<String> names, String text, Place place) {
    List<Part> parts = new ArrayList<>();
    int from = 0;
    while (from < segment.length()) {
      int open = segment.indexOf('{', from);
      if (open != from) {
        String literal = segment.substring(from, open < 0 ? segment.length() : open);
        parts.add(new Literal(PathCoding.decoded(literal)));
        from += literal.length();
        continue;
      }
      int close = segment.indexOf('}', open);
      String name = segment.substring(open + 1, close);
      String wrong = wrongVariable(name, names, parts);
      if (wrong != null) {
        notes.problem(place, "the path `" + Nodes.shown(text) + "` " + wrong);
        return null;
      }
      parts.add(new Variable(name));
      from = close + 1;
    }
    String unreadable = unreadable(parts);
    if (unreadable != null) {
      notes.problem(place, "the path `" + Nodes.shown(text) + "` " + unreadable);
      return null;
    }
    return parts;
  }

  /// Why no request for such a segment passes: it has no single reading.
  private static @Nullable String unreadable(List<Part> parts) {
    for (Part part : parts) {
      if (part instanceof Literal(String text)) {
        if (text.indexOf(';') >= 0 || text.indexOf('/') >= 0 || text.indexOf('\\') >= 0) {
          return "holds `;`, or an encoded slash or backslash, which servers read in different"
              + " ways";
        }
        if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
          return "is not in Unicode's normal form NFC";
        }
      }
    }
    if (!parts.isEmpty() && parts.getLast() instanceof Literal(String last)) {
      if (last.endsWith(".") || last.endsWith(" ")) {
        return "has a segment that ends in a dot or a blank, which some servers cut off";
      }
    }
    return !parts.isEmpty()
            && parts.getFirst() instanceof Literal(String first)
            && first.startsWith(" ")
        ? "has a segment that begins with a blank, which some servers cut off"
        : null;
  }

  private static @Nullable String wrongVariable(String name, Set<String> names, List<Part> before) {
    if (name.isBlank()) {
      return "has a variable without a name";
    }
    char first = name.charAt(0);
    if ("+#./;?&".indexOf(first) >= 0 || name.endsWith("*") || name.indexOf(',') >= 0) {
      return "has the variable `{" + Nodes.shown(name) + "}`; OpenAPI knows plain names only";
    }
    if (!names.add(name)) {
      return "has the variable `{" + Nodes.shown(name) + "}` twice";
    }
    return !before.isEmpty() && before.getLast() instanceof Variable
        ? "has two variables with nothing between them, which can be read in several ways"
        : null;
  }
}
