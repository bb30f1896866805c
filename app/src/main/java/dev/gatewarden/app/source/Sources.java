package dev.gatewarden.app.source;

import dev.gatewarden.core.GatewardenBug;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// The sources this program was made from, as they travel inside it.
///
/// @param files the text of each file by its path in the tree
public record Sources(Map<String, String> files) {
  private static final String FOLDER = "dev/gatewarden/app/sources/";

  /// All of them.
  ///
  /// @throws UncheckedIOException when the program's own files cannot be read
  public static Sources ofThisProgram() {
    try {
      Path home =
          Path.of(Sources.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return new Sources(Files.isDirectory(home) ? inFolder(home) : inJar(home));
    } catch (URISyntaxException wrong) {
      throw new GatewardenBug("the program stands nowhere", wrong);
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }

  private static Map<String, String> inFolder(Path home) throws IOException {
    Map<String, String> files = new TreeMap<>();
    Path root = home.resolve(FOLDER);
    if (!Files.isDirectory(root)) {
      return files;
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        files.put(inTree(root.relativize(file).toString()), Files.readString(file));
      }
    }
    return files;
  }

  private static Map<String, String> inJar(Path home) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (JarFile jar = new JarFile(home.toFile())) {
      for (var entry : (Iterable<java.util.jar.JarEntry>) jar.stream()::iterator) {
        if (entry.getName().startsWith(FOLDER) && !entry.isDirectory()) {
          try (InputStream text = jar.getInputStream(entry)) {
            files.put(
                inTree(entry.getName().substring(FOLDER.length())),
                new String(text.readAllBytes(), StandardCharsets.UTF_8));
          }
        }
      }
    }
    return files;
  }

  /// `controls/dev/…/X.java` as it stands in the tree, `controls/src/main/java/dev/…/X.java`.
  private static String inTree(String path) {
    int slash = path.indexOf('/');
    String module = path.substring(0, slash);
    return module.equals("docs") ? path : module + "/src/main/java" + path.substring(slash);
  }

  /// The comments of the source of a class, or none when the class is not of this program.
  public Comments comments(Class<?> type) {
    Class<?> outer = type;
    while (outer.getEnclosingClass() != null) {
      outer = outer.getEnclosingClass();
    }
    String path = path(outer);
    return path.isEmpty() ? Comments.NONE : Comments.in(files.getOrDefault(path, ""));
  }

  /// Where a top-level class stands in the tree, or the empty text.
  public String path(Class<?> outer) {
    String end = "/" + outer.getName().replace('.', '/') + ".java";
    for (String path : files.keySet()) {
      if (path.endsWith(end)) {
        return path;
      }
    }
    return "";
  }
}
