package dev.gatewarden.acceptance.rows;

import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The tests of one class that name one control.
record Row(String control, Class<?> type, List<Method> tests) {

  String name() {
    return control + " " + type.getSimpleName();
  }

  /// Every row there is among the compiled tests, those with most tests first.
  static List<Row> all() throws IOException, URISyntaxException {
    Path classes = Path.of(Row.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Row> rows = new ArrayList<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(each -> each.toString().endsWith("Test.class")).toList()) {
        String path = classes.relativize(file).toString();
        add(rows, named(path.substring(0, path.length() - 6).replace('/', '.')));
      }
    }
    rows.sort(Comparator.comparingInt((Row row) -> -row.tests().size()).thenComparing(Row::name));
    return rows;
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(name, false, Row.class.getClassLoader());
    } catch (ClassNotFoundException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void add(List<Row> rows, Class<?> type) {
    Map<String, List<Method>> byControl = new TreeMap<>();
    for (Method method : type.getDeclaredMethods()) {
      for (Requirement each : method.getAnnotationsByType(Requirement.class)) {
        if (!each.without().isEmpty()) {
          List<Method> known = byControl.computeIfAbsent(each.without(), _ -> new ArrayList<>());
          if (!known.contains(method)) {
            known.add(method);
          }
        }
      }
    }
    byControl.forEach((control, tests) -> rows.add(new Row(control, type, tests)));
  }
}
