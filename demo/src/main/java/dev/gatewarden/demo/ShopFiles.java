package dev.gatewarden.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// The configuration of `examples/shop`, with other ports, folders and bounds where they are
/// wanted:
/// what runs is the file that people read.
public final class ShopFiles {

  private final Path original;
  private final Map<String, String> changes = new LinkedHashMap<>();

  /// @param tree where the example lies
  public ShopFiles(Tree tree) {
    this.original = tree.configuration();
  }

  /// The ports the gate listens on; 0 takes any free one.
  public ShopFiles listening(int gate, int admin) {
    return change("{port: 8080}", "{port: " + gate + "}")
        .change("{port: 8081}", "{port: " + admin + "}");
  }

  public ShopFiles issuer(URI uri) {
    return change("http://127.0.0.1:9001", uri.toString());
  }

  public ShopFiles upstream(URI uri) {
    return change("http://127.0.0.1:9000", uri.toString());
  }

  /// Where the bank's secret lies and what the gate keeps.
  public ShopFiles state(StateFolder folder) {
    Path usual = original.resolveSibling("../../.gatewarden/demo").normalize();
    return folder.path().toAbsolutePath().normalize().equals(usual)
        ? this
        : change("../../.gatewarden/demo", folder.path().toAbsolutePath().toString());
  }

  /// Any other piece of the file.
  public ShopFiles change(String piece, String other) {
    changes.put(piece, other);
    return this;
  }

  /// A file with every change made: the example itself where nothing is changed, else one in the
  /// state folder.
  ///
  /// @throws IllegalStateException when a piece to be changed is not there
  public Path placed(StateFolder folder) throws IOException {
    String text = Files.readString(original);
    String changed = text;
    for (Map.Entry<String, String> change : changes.entrySet()) {
      changed = changed(changed, change.getKey(), change.getValue());
    }
    if (changed.equals(text)) {
      return original;
    }
    changed =
        changed(
            changed, "contract: shop.yaml", "contract: " + original.resolveSibling("shop.yaml"));
    folder.keep("gatewarden.yaml", changed);
    return folder.file("gatewarden.yaml");
  }

  private String changed(String text, String piece, String other) {
    if (!text.contains(piece)) {
      throw new IllegalStateException("`" + original + "` no longer says `" + piece + "`");
    }
    return text.replace(piece, other);
  }
}
