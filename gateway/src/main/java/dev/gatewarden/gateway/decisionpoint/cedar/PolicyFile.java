package dev.gatewarden.gateway.decisionpoint.cedar;

import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A file the operator wrote: its name as problems say it, and its text.
record PolicyFile(Place.Origin origin, String text) {
  private static final long MOST = 8L << 20;

  /// The place of a character.
  Place at(int index) {
    int line = 1;
    int from = 0;
    for (int i = 0; i < index && i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        from = i + 1;
      }
    }
    int column = text.codePointCount(from, Math.min(index, text.length())) + 1;
    return new Place(origin, line, column, Place.Path.ROOT);
  }

  /// One file.
  ///
  /// @throws IOException when it cannot be read; the message is for the operator
  static PolicyFile read(Path folder, String name) throws IOException {
    Path path = folder.resolve(name).normalize();
    Place.Origin origin = new Place.Origin(path.toUri(), name(folder, path));
    try {
      if (Files.size(path) > MOST) {
        throw new IOException("`" + name + "` is larger than 8 MiB");
      }
      return new PolicyFile(origin, Files.readString(path));
    } catch (NoSuchFileException absent) {
      throw new IOException("there is no file `" + name + "`", absent);
    } catch (CharacterCodingException wrong) {
      throw new IOException("`" + name + "` is not UTF-8", wrong);
    }
  }

  /// The files of all patterns, each once, in the order of their names.
  ///
  /// @param problems where a pattern that finds nothing is added
  static List<PolicyFile> all(
      Path folder, List<String> patterns, Place place, List<Problem> problems) {
    TreeMap<String, PolicyFile> files = new TreeMap<>();
    for (String pattern : patterns) {
      try {
        List<Path> found = matching(folder, pattern);
        if (found.isEmpty()) {
          problems.add(
              new Problem(
                  place, "`" + pattern + "` finds no file", "name the files that hold policies"));
        }
        for (Path path : found) {
          files.put(path.toString(), read(folder, path.toString()));
        }
      } catch (IOException | UncheckedIOException wrong) {
        problems.add(new Problem(place, "`" + pattern + "`: " + wrong.getMessage()));
      } catch (IllegalArgumentException noPattern) {
        problems.add(
            new Problem(place, "`" + pattern + "` is no pattern", "write `policies/*.cedar`"));
      }
    }
    return List.copyOf(files.values());
  }

  /// A number that changes with the files of all settings: with their names, lengths and times of
  /// writing.
  static long trace(CedarSettings settings) {
    List<String> patterns = new ArrayList<>(settings.files());
    patterns.addAll(settings.next());
    if (settings.schema() != null) {
      patterns.add(settings.schema());
    }
    if (settings.entities() != null) {
      patterns.add(settings.entities());
    }
    long trace = 17;
    for (String pattern : patterns) {
      try {
        for (Path path : matching(settings.folder(), pattern)) {
          trace = trace * 31 + path.hashCode();
          trace = trace * 31 + Files.size(path);
          trace = trace * 31 + Files.getLastModifiedTime(path).toMillis();
        }
      } catch (IOException | UncheckedIOException | IllegalArgumentException gone) {
        trace = trace * 31 + pattern.hashCode();
      }
    }
    return trace;
  }

  private static List<Path> matching(Path folder, String pattern) throws IOException {
    int star = indexOfWild(pattern);
    if (star < 0) {
      return List.of(folder.resolve(pattern).normalize());
    }
    int slash = pattern.lastIndexOf('/', star);
    Path base = slash < 0 ? folder : folder.resolve(pattern.substring(0, slash + 1)).normalize();
    PathMatcher matcher =
        FileSystems.getDefault().getPathMatcher("glob:" + pattern.substring(slash + 1));
    boolean deep = pattern.contains("**");
    try (Stream<Path> walk = Files.walk(base, deep ? 16 : depth(pattern, slash))) {
      List<Path> found = new ArrayList<>();
      walk.filter(Files::isRegularFile)
          .filter(path -> !hidden(base.relativize(path)) && matcher.matches(base.relativize(path)))
          .sorted()
          .forEach(found::add);
      return found;
    } catch (NoSuchFileException | NotDirectoryException absent) {
      return List.of();
    }
  }

  private static int depth(String pattern, int slash) {
    return (int) pattern.substring(slash + 1).chars().filter(c -> c == '/').count() + 1;
  }

  /// What editors and mounted volumes keep beside the files.
  private static boolean hidden(Path path) {
    for (Path part : path) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static int indexOfWild(String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      if ("*?[{".indexOf(pattern.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private static String name(Path folder, Path path) {
    return path.startsWith(folder) ? folder.relativize(path).toString() : path.toString();
  }
}
