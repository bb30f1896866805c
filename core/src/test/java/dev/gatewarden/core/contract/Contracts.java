package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import java.io.FileNotFoundException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Contracts written inside a test: files in one folder, the first of them the contract,
/// `*.overlay.yaml` laid over it.
final class Contracts {
  private final Map<String, String> files = new LinkedHashMap<>();
  private boolean excused;

  static Contracts of(String text) {
    return new Contracts().file("shop.yaml", text);
  }

  /// The paths of a contract whose head does not matter; the text begins in line 4.
  static Contracts paths(String text) {
    return of("openapi: 3.1.0\ninfo: {title: Shop, version: 1}\nsecurity: []\n" + text);
  }

  Contracts file(String name, String text) {
    files.put(name, text);
    return this;
  }

  Contracts excused() {
    excused = true;
    return this;
  }

  Contract read() {
    List<Place.Origin> overlays =
        files.keySet().stream()
            .filter(name -> name.endsWith(".overlay.yaml"))
            .map(Contracts::origin)
            .toList();
    return new ContractReader(
            address -> {
              String text = files.get(address.getPath().substring("/c/".length()));
              if (text == null) {
                throw new FileNotFoundException("no such file");
              }
              return text.getBytes(StandardCharsets.UTF_8);
            },
            Bounds.DEFAULT)
        .read(
            new ContractFiles("shop", origin(files.keySet().iterator().next()), overlays, Set.of()),
            operation -> excused);
  }

  Operation operation(String name) {
    Operation operation = read().operation(name);
    if (operation == null) {
      throw new AssertionError("no operation " + name);
    }
    return operation;
  }

  List<String> problems() {
    try {
      read();
      return List.of();
    } catch (ProblemsException wrong) {
      return wrong.problems().stream().map(Problem::toString).toList();
    }
  }

  List<String> warnings() {
    return read().warnings().stream().map(Problem::toString).toList();
  }

  private static Place.Origin origin(String name) {
    return new Place.Origin(URI.create("file:///c/" + name), name);
  }
}
