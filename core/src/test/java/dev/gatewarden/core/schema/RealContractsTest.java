package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.Corpora;
import dev.gatewarden.core.Ratchets;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Documents;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Contracts that others wrote, with all their faults.
@Tag("long")
class RealContractsTest {

  /// What compiling the schemas of one document came to.
  private record Outcome(int compiled, List<String> problems) {}

  private static Documents documents(Path file) {
    Place.Origin origin = new Place.Origin(file.toUri(), file.getFileName().toString());
    return new Documents(
        address -> Corpora.bytes(Path.of(address)), Bounds.DEFAULT, origin, Set.of());
  }

  private static Outcome compile(Path file, Direction direction) {
    Documents documents = documents(file);
    Node root = documents.root();
    boolean newer =
        ((Node.Obj) root).get("openapi") instanceof Node.Text(Place _, String version)
            && version.startsWith("3.1");
    SchemaCompiler compiler =
        new SchemaCompiler(
            Options.of(newer ? Dialect.OPENAPI_3_1 : Dialect.OPENAPI_3_0)
                .direction(direction)
                .unknownFields(UnknownFields.REFUSE)
                .references(documents));
    List<Node> schemas = new ArrayList<>();
    collect(((Node.Obj) root).get("paths"), schemas);
    int compiled = 0;
    List<String> problems = new ArrayList<>();
    for (Node schema : schemas) {
      try {
        compiler.compile(schema, List.of());
        compiled++;
      } catch (ProblemsException e) {
        e.problems().stream().map(Problem::toString).forEach(problems::add);
      }
    }
    return new Outcome(compiled, problems.stream().distinct().toList());
  }

  private static void collect(Node node, List<Node> schemas) {
    switch (node) {
      case Node.Obj object ->
          object
              .entries()
              .forEach(
                  member -> {
                    if (member.name().equals("schema")) {
                      schemas.add(member.value());
                    } else if (!member.name().startsWith("example")) {
                      collect(member.value(), schemas);
                    }
                  });
      case Node.Arr(Place _, List<Node> items) -> items.forEach(item -> collect(item, schemas));
      case null, default -> {}
    }
  }

  @Test
  void compiles_every_schema_of_a_very_large_contract() {
    long before = System.nanoTime();
    Outcome outcome = compile(Corpora.at("openapi/github.json"), Direction.RESPONSE);
    show("github: " + outcome.compiled() + " in " + (System.nanoTime() - before) / 1_000_000);
    show(String.join("\n", outcome.problems()));
    Ratchets.note("schemas-compiled.github", outcome.compiled());
    assertThat(outcome.problems()).isEmpty();
  }

  @Test
  void compiles_what_real_contracts_promise_or_says_why_not() {
    int compiled = 0;
    List<String> problems = new ArrayList<>();
    for (Path file : Corpora.files("openapi/directory")) {
      Outcome outcome = compile(file, Direction.REQUEST);
      compiled += outcome.compiled();
      problems.addAll(outcome.problems());
    }
    show("directory: " + compiled + ", problems " + problems.size());
    show(String.join("\n", problems));
    Ratchets.note("schemas-compiled.directory", compiled);
    assertThat(compiled).isGreaterThan(10_000);
  }

  private static void show(String text) {
    if (System.getProperty("gatewarden.show") != null) {
      System.out.println(text);
    }
  }
}
