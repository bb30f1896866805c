package dev.gatewarden.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// The configuration of `examples/shop` with other ports, folders and bounds in it: what runs is
/// the
/// file that people read.
public final class ShopFiles {

  private final Path original;
  private final Map<String, String> changes = new LinkedHashMap<>();

  /// @param tree where the example lies
  public ShopFiles(Tree tree) {
    this.original = tree.configuration();
    change("contract: shop.yaml", "contract: " + original.resolveSibling("shop.yaml"));
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

  /// The file with the secret that the bank signs with.
  public ShopFiles secret(Path file) {
    return change("file:../../.gatewarden/demo/bank.secret", "file:" + file.toAbsolutePath());
  }

  /// Any other piece of the file.
  public ShopFiles change(String piece, String other) {
    changes.put(piece, other);
    return this;
  }

  /// The text with every change made.
  ///
  /// @throws IllegalStateException when a piece to be changed is not there
  public String text() throws IOException {
    String text = Files.readString(original);
    for (Map.Entry<String, String> change : changes.entrySet()) {
      if (!text.contains(change.getKey())) {
        throw new IllegalStateException(
            "`" + original + "` no longer says `" + change.getKey() + "`");
      }
      text = text.replace(change.getKey(), change.getValue());
    }
    return text;
  }
}
