package dev.gatewarden.app.command.probe.emit;

import dev.gatewarden.app.configuration.ConfigurationReader;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.platform.probing.Target;
import dev.gatewarden.platform.probing.regression.Regression;
import dev.gatewarden.platform.probing.regression.Shot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Reads probe tests out of files and folders.
public final class TestFiles {
  private static final Bounds BOUNDS = new Bounds(1 << 20, 32, 50_000);

  private TestFiles() {}

  /// The tests by the file they stand in, in the order of their names.
  ///
  /// @param named files, and folders whose `.probe.yaml` files are meant
  /// @throws ProblemsException with everything that is wrong with one
  public static Map<String, Regression> read(Path folder, List<Path> named) throws IOException {
    Map<String, Regression> tests = new LinkedHashMap<>();
    for (Path each : named) {
      Path path = folder.resolve(each).normalize();
      List<Path> files = new ArrayList<>();
      if (Files.isDirectory(path)) {
        try (Stream<Path> all = Files.walk(path)) {
          all.filter(file -> file.toString().endsWith(TestFile.ENDING))
              .sorted()
              .forEach(files::add);
        }
      } else {
        files.add(path);
      }
      for (Path file : files) {
        String name =
            file.startsWith(folder) ? folder.relativize(file).toString() : file.toString();
        tests.put(name, read(file, name));
      }
    }
    return tests;
  }

  private static Regression read(Path file, String name) throws IOException {
    Node root =
        new DocumentReader(BOUNDS)
            .read(new Place.Origin(file.toUri(), name), Files.readAllBytes(file));
    if (!(root instanceof Node.Obj object) || object.get("probe-test") == null) {
      throw wrong(root, "this is no probe test", "`--emit-tests` writes them");
    }
    TestFile test = ConfigurationReader.file(object, TestFile.class);
    if (test.version() != 1) {
      throw wrong(
          root, "this probe test is of another version", "let `--emit-tests` write it again");
    }
    List<Regression.Asked> requests = new ArrayList<>();
    for (TestFile.Sent each : test.requests()) {
      String operation = each.operation();
      Shot shot =
          new Shot(each.as(), operation == null ? "" : operation, each.request(), each.with());
      requests.add(new Regression.Asked(shot, Emission.WORKS.equals(each.expected())));
    }
    Set<Target.May> may = EnumSet.noneOf(Target.May.class);
    for (String each : test.may()) {
      may.add(choice(Target.May.class, each, root));
    }
    String operation = test.operation();
    String fuzz = test.fuzz();
    return new Regression(
        test.finding(),
        test.probe(),
        operation == null ? "" : operation,
        choice(Severity.class, test.severity(), root),
        test.seed(),
        may,
        test.identities(),
        requests,
        fuzz == null ? "" : fuzz);
  }

  private static <E extends Enum<E>> E choice(Class<E> kind, String word, Node root) {
    for (E each : kind.getEnumConstants()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
        return each;
      }
    }
    throw wrong(root, "`" + word + "` means nothing here", "let `--emit-tests` write it again");
  }

  private static ProblemsException wrong(Node root, String message, String advice) {
    return new ProblemsException(List.of(new Problem(root.place(), message, advice)));
  }
}
