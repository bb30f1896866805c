package dev.gatewarden.bench.schemas;

import dev.gatewarden.core.document.Documents;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.schema.Bounds;
import dev.gatewarden.core.schema.Dialect;
import dev.gatewarden.core.schema.Direction;
import dev.gatewarden.core.schema.Mark;
import dev.gatewarden.core.schema.Options;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.SchemaCompiler;
import dev.gatewarden.core.schema.UnknownFields;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What it takes to load GitHub's whole document: every schema below its paths, in both directions,
/// with marks. Argument: the file.
final class Loading {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final List<Mark> MARKS =
      List.of(new Mark("/id", 0), new Mark("/user/id", 1), new Mark("/*/id", 2));

  private Loading() {}

  public static void main(String[] arguments) {
    Path file = Path.of(arguments[0]);
    long start = System.nanoTime();
    Documents documents =
        new Documents(
            address -> Files.readAllBytes(Path.of(address)),
            dev.gatewarden.core.document.Bounds.DEFAULT,
            new Place.Origin(file.toUri(), file.getFileName().toString()),
            Set.of());
    List<Node> nodes = new ArrayList<>();
    Node paths = documents.root() instanceof Node.Obj root ? root.get("paths") : null;
    if (paths != null) {
      collect(paths, nodes);
    }
    long read = System.nanoTime();
    List<Schema> schemas = new ArrayList<>();
    for (Direction direction : List.of(Direction.REQUEST, Direction.RESPONSE)) {
      SchemaCompiler compiler =
          new SchemaCompiler(
              Options.of(Dialect.OPENAPI_3_0)
                  .direction(direction)
                  .unknownFields(UnknownFields.REFUSE)
                  .references(documents)
                  .bounds(Bounds.DEFAULT));
      nodes.forEach(node -> schemas.add(compiler.compile(node, MARKS)));
    }
    long compiled = System.nanoTime();
    System.gc();
    OUT.printf(
        Locale.ROOT,
        "GitHub's document: read in %.1f s, %d schemas compiled in %.1f s, %d MiB of heap with its"
            + " tree, at most %d MiB%n",
        (read - start) / 1e9,
        schemas.size(),
        (compiled - read) / 1e9,
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20,
        Runtime.getRuntime().maxMemory() >> 20);
  }

  private static void collect(Node node, List<Node> schemas) {
    if (node instanceof Node.Arr list) {
      list.items().forEach(item -> collect(item, schemas));
    } else if (node instanceof Node.Obj object) {
      for (Node.Member member : object.entries()) {
        if (member.name().equals("schema")) {
          schemas.add(member.value());
        } else if (!member.name().startsWith("example")) {
          collect(member.value(), schemas);
        }
      }
    }
  }
}
