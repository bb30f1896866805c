package dev.gatewarden.core.document;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Documents written inside a test.
public final class Texts {
  private Texts() {}

  public static Place.Origin origin(String name) {
    return new Place.Origin(URI.create("file:///contracts/" + name), name);
  }

  public static Node read(String name, String text) {
    return read(name, text.getBytes(StandardCharsets.UTF_8));
  }

  public static Node read(String name, byte[] text) {
    return new DocumentReader(Bounds.DEFAULT).read(origin(name), text);
  }

  /// What is wrong with the text, one line a problem.
  public static List<String> problems(String name, String text) {
    return problems(name, text.getBytes(StandardCharsets.UTF_8));
  }

  public static List<String> problems(String name, byte[] text) {
    try {
      read(name, text);
      return List.of();
    } catch (ProblemsException wrong) {
      return wrong.problems().stream().map(Problem::toString).toList();
    }
  }
}
