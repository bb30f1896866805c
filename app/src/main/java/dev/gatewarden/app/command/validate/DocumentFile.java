package dev.gatewarden.app.command.validate;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.schema.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/// One document in a file of its own: JSON, or YAML by its suffix.
public final class DocumentFile {
  private static final int MOST_BYTES = 64 << 20;

  private DocumentFile() {}

  /// Reads and judges it.
  ///
  /// @throws IOException when it cannot be read, or is larger than 64 MiB
  public static void judge(String name, InputStream from, Judge judge, Report report)
      throws IOException {
    byte[] text = from.readNBytes(MOST_BYTES + 1);
    if (text.length > MOST_BYTES) {
      throw new IOException("it is larger than 64 MiB");
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
      yaml(name, text, judge, report);
    } else {
      report.document(
          name, judge.judge(text, 0, text.length), each -> lineAndColumn(text, each.offset()));
    }
  }

  private static void yaml(String name, byte[] text, Judge judge, Report report) {
    Node root;
    try {
      // the suffix, and nothing else of the address, is looked at
      Place.Origin origin = new Place.Origin(URI.create("file:///document.yaml"), name);
      root = new DocumentReader(Bounds.DEFAULT).read(origin, text);
    } catch (ProblemsException wrong) {
      Problem first = wrong.problems().getFirst();
      Violation broken =
          new Violation(
              first.place().pointer(), "", "", "yaml", first.message(), first.place().line());
      report.document(name, new Judge.Found(List.of(broken), List.of()), _ -> shown(first.place()));
      return;
    }
    byte[] json = Plain.json(root);
    report.document(
        name,
        judge.judge(json, 0, json.length),
        each -> shown(Plain.at(root, each.instanceLocation()).place()));
  }

  private static String shown(Place place) {
    return place.line() + ":" + place.column();
  }

  private static String lineAndColumn(byte[] text, int offset) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < Math.min(offset, text.length); i++) {
      if (text[i] == '\n') {
        line++;
        column = 1;
      } else if ((text[i] & 0xC0) != 0x80) {
        column++;
      }
    }
    return line + ":" + column;
  }
}
