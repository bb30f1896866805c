package dev.gatewarden.core.document;

import dev.gatewarden.core.document.Place.Origin;
import java.util.List;
import java.util.Locale;

/// Reads the text of a YAML or JSON document to a tree that knows where each value stands.
///
/// Strict: a repeated name, a tag beyond the core schema, a second document or broken UTF-8 is a
/// problem, never a guess. Merge keys (`<<`) are read, since so many contracts are written with
/// them.
public final class DocumentReader {
  private final Bounds bounds;

  public DocumentReader(Bounds bounds) {
    this.bounds = bounds;
  }

  /// The document in those bytes. `.json` is read as JSON, `.yaml` and `.yml` as YAML; under
  /// another name, a text that begins like a JSON object or array is read as JSON.
  ///
  /// @throws ProblemsException with every repeated name, and the first fault of the text if it has
  ///     one
  public Node read(Origin origin, byte[] text) {
    if (text.length > bounds.bytes()) {
      throw new ProblemsException(
          List.of(
              new Problem(
                  new Place(origin, 1, 1, Place.Path.ROOT),
                  "the document is larger than " + bounds.bytes() + " bytes")));
    }
    return json(origin, text)
        ? new JsonReader(origin, text, bounds).read()
        : new YamlReader(origin, text, bounds).read();
  }

  private static boolean json(Origin origin, byte[] text) {
    String path = origin.address().getPath();
    String name = (path == null ? origin.name() : path).toLowerCase(Locale.ROOT);
    if (name.endsWith(".json")) {
      return true;
    }
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      return false;
    }
    for (byte b : text) {
      if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
        return b == '{' || b == '[';
      }
    }
    return false;
  }
}
