package dev.gatewarden.acceptance;

import dev.gatewarden.demo.Playground;
import dev.gatewarden.demo.Ports;
import dev.gatewarden.demo.RunningGate;
import dev.gatewarden.demo.ShopFiles;
import dev.gatewarden.demo.StateFolder;
import dev.gatewarden.demo.Tree;
import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.attack.Side;
import dev.gatewarden.demo.issuer.Issuer;
import dev.gatewarden.demo.shop.Fault;
import dev.gatewarden.demo.shop.Shelves;
import dev.gatewarden.demo.shop.Shop;
import dev.gatewarden.testkit.WithoutControl;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The shop of `examples/shop` behind a gate, everything on ports of its own; what a test class
/// shares.
final class ShopAtTheGate implements AutoCloseable {

  private static final String LIMIT = "principal-limit: {reads: 300/1m, writes: 60/1m}";

  private final Path folder;
  private final Playground playground;
  private final RunningGate gate;
  private final Side side;

  private ShopAtTheGate(Path folder, Playground playground, RunningGate gate, Side side) {
    this.folder = folder;
    this.playground = playground;
    this.gate = gate;
    this.side = side;
  }

  /// The shop with all its faults, under limits that no test meets.
  static ShopAtTheGate start() throws IOException {
    return start(EnumSet.allOf(Fault.class), ShopAtTheGate::unlimited);
  }

  static ShopAtTheGate start(Set<Fault> faults, UnaryOperator<ShopFiles> changes)
      throws IOException {
    Path folder = Files.createTempDirectory("gatewarden-acceptance");
    Playground playground = Playground.start(new StateFolder(folder), faults, Ports.ANY);
    try {
      ShopFiles files = changes.apply(playground.files(Tree.find(), Ports.ANY));
      RunningGate gate = playground.gate(files, WithoutControl.named());
      return new ShopAtTheGate(folder, playground, gate, playground.behind(gate));
    } catch (IOException | RuntimeException e) {
      playground.close();
      throw e;
    }
  }

  /// Limits that no test meets.
  static ShopFiles unlimited(ShopFiles files) {
    return guards(
        files,
        "principal-limit: {rate: 1000000/1s}",
        "source-limit: {rate: 1000000/1s, burst: 1000000}",
        "signed-token: {failures: 1000000/1s}");
  }

  /// Tunes guards in place of the example's limit.
  static ShopFiles guards(ShopFiles files, String... lines) {
    return files.change(LIMIT, String.join("\n      ", lines));
  }

  /// The way through the gate.
  Side side() {
    return side;
  }

  URI uri() {
    return gate.uri();
  }

  URI admin() {
    return gate.admin();
  }

  /// A request to the admin port, by an operator.
  HttpRequest.Builder asOperator(String path) {
    return Opened.to(gate.admin().resolve(path))
        .header("Authorization", "Bearer " + gate.operatorToken());
  }

  /// What the admin port tells an operator.
  String told(String path) throws IOException, InterruptedException {
    return Opened.send(asOperator(path)).body();
  }

  Shop shop() {
    return playground.shop();
  }

  Shelves shelves() {
    return playground.shop().shelves();
  }

  Issuer issuer() {
    return playground.issuer();
  }

  Playground playground() {
    return playground;
  }

  RunningGate gate() {
    return gate;
  }

  /// A folder that goes away with this shop.
  Path folder() {
    return folder;
  }

  /// Why the gate refused, as its own surface tells.
  String reason(Seen seen) throws IOException, InterruptedException {
    return playground.reason(gate, seen);
  }

  @Override
  public void close() throws IOException {
    playground.close();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, IOException failure)
              throws IOException {
            Files.delete(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
