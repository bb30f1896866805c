package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Where the engine and another validator judge otherwise, each kind with who is right and why in
/// `disagreements.json`.
final class Disagreements {

  private static final int MOST_SHOWN = 3_000;
  private static final int MOST_EXAMPLES = Integer.getInteger("gatewarden.examples", 1);
  private static final Comparator<String> SMALLEST_FIRST =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  /// A kind of disagreement that was looked into.
  ///
  /// @param says     what one refuses and the other lets pass, as a regular expression
  /// @param dialects where it is known; all where empty
  /// @param schema   what the schema must contain, as a regular expression
  /// @param document what the document must contain, as a regular expression
  private record Kind(Pattern says, Set<String> dialects, Pattern schema, Pattern document) {
    boolean covers(String what, Dialect dialect, String schemaText, String json) {
      return says.matcher(what).matches()
          && (dialects.isEmpty() || dialects.contains(dialect.name()))
          && schema.matcher(schemaText).find()
          && document.matcher(json).find();
    }
  }

  private final List<Kind> kinds = new ArrayList<>();
  private final Map<String, Integer> seen = new TreeMap<>();
  private final Map<String, TreeSet<String>> unclassified = new TreeMap<>();
  private int count;

  private Disagreements() {}

  static Disagreements known() {
    Disagreements known = new Disagreements();
    try (var in = Disagreements.class.getResourceAsStream("/disagreements.json")) {
      Node.Obj file = (Node.Obj) Texts.tree(Texts.HERE, in.readAllBytes());
      for (Node kind : ((Node.Arr) file.get("kinds")).items()) {
        known.kinds.add(kind((Node.Obj) kind));
      }
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
    return known;
  }

  private static Kind kind(Node.Obj kind) {
    Set<String> dialects = new HashSet<>();
    if (kind.get("dialects") instanceof Node.Arr(Place _, List<Node> items)) {
      items.forEach(item -> dialects.add(((Node.Text) item).value()));
    }
    return new Kind(
        pattern(kind, "says"), dialects, pattern(kind, "schema"), pattern(kind, "document"));
  }

  private static Pattern pattern(Node.Obj kind, String key) {
    return Pattern.compile(text(kind, key, ""), Pattern.DOTALL);
  }

  private static String text(Node.Obj node, String key, String otherwise) {
    return node.get(key) instanceof Node.Text(Place _, String text) ? text : otherwise;
  }

  /// Notes one, with the format it is about where it is about one.
  void note(String title, Dialect dialect, String what, String schema, String json) {
    count++;
    seen.merge(dialect + " " + what, 1, Integer::sum);
    if (kinds.stream().noneMatch(kind -> kind.covers(what, dialect, schema, json))) {
      unclassified
          .computeIfAbsent(dialect + " " + what, key -> new TreeSet<>(SMALLEST_FIRST))
          .add(title + "\n  schema " + shortened(schema) + "\n  document " + shortened(json));
    }
  }

  private static String shortened(String text) {
    return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
  }

  int count() {
    return count;
  }

  /// Those nobody looked into, with the smallest examples of each.
  List<String> unclassified() {
    List<String> told = new ArrayList<>();
    unclassified.forEach(
        (kind, examples) ->
            examples.stream().limit(MOST_EXAMPLES).forEach(one -> told.add(kind + ": " + one)));
    return told;
  }

  @Override
  public String toString() {
    return count + " disagreements " + seen;
  }
}
