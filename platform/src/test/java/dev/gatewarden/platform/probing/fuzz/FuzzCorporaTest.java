package dev.gatewarden.platform.probing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ContractFiles;
import dev.gatewarden.core.contract.ContractReader;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.Visit;
import dev.gatewarden.platform.probing.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What would be sent to the APIs of contracts that others wrote: what is called right is right,
/// and
/// what is called wrong is wrong.
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FuzzCorporaTest {
  private static final int MOST_OPERATIONS = 12;
  private static final int EACH = 12;

  private int bodies;
  private int varied;

  private static Path corpora() {
    String named = System.getenv("GATEWARDEN_CORPORA");
    if (named != null) {
      return Path.of(named);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("shared/corpora"))) {
        return at.resolve("shared/corpora");
      }
    }
    return Assumptions.abort("corpora absent");
  }

  static Stream<Path> documents() throws IOException {
    Path openapi = corpora().resolve("openapi");
    List<Path> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(openapi.resolve("directory"))) {
      files.sorted().forEach(all::add);
    }
    all.add(openapi.resolve("conduit.yaml"));
    all.add(openapi.resolve("vampi.yaml"));
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void sends_what_it_says(Path document) {
    Contract contract;
    try {
      contract = read(document);
    } catch (ProblemsException refused) {
      Assumptions.abort("the document is refused");
      return;
    }
    int step = Math.max(1, contract.operations().size() / MOST_OPERATIONS);
    for (int i = 0; i < contract.operations().size(); i += step) {
      Operation operation = contract.operations().get(i);
      Draft honest = honest(operation);
      if (honest != null) {
        judged(honest);
      }
    }
  }

  private static Contract read(Path file) {
    return new ContractReader(address -> Files.readAllBytes(Path.of(address)), Bounds.DEFAULT)
        .read(
            new ContractFiles("api", new Origin(file.toUri(), file.getFileName().toString())),
            _ -> true);
  }

  private static Draft honest(Operation operation) {
    Draft draft = Draft.of(operation, Identity.NOBODY);
    if (operation.body() == null) {
      return draft;
    }
    for (Content.MediaType each : operation.body().content().types().values()) {
      SchemaSource schema = each.schema();
      Optional<Node> body =
          schema == null || Roots.kind(each.range()) == null
              ? Optional.empty()
              : new Samples().of(schema);
      if (body.isPresent()) {
        return draft.body(body.get(), each.range());
      }
    }
    return draft;
  }

  private void judged(Draft honest) {
    Trials trials = new Trials(honest, 1);
    Writing writing = new Writing(honest, trials.roots());
    List<FuzzCase> rights = trials.rights(EACH);
    List<FuzzCase> wrongs = trials.wrongs(EACH);
    for (FuzzCase each : rights) {
      sent(each, writing.of(each), trials.roots());
    }
    for (FuzzCase each : wrongs) {
      sent(each, writing.of(each), trials.roots());
      assertThat(FuzzCase.read(new Origin(java.net.URI.create("a:b"), "line"), each.line()).line())
          .isEqualTo(each.line());
    }
    boolean json =
        trials.roots().stream()
            .anyMatch(each -> each.kind() == Root.Kind.JSON && each.parameter() == null);
    bodies += json ? 1 : 0;
    varied +=
        json
                && rights.stream()
                    .anyMatch(each -> each.values().keySet().stream().anyMatch(Trials::inBody))
            ? 1
            : 0;
    new Codings(honest).cases(trials, writing, honest.operation().id().name());
  }

  /// The body as it goes out, judged by a schema that is compiled for it alone.
  private static void sent(FuzzCase made, Draft draft, List<Root> roots) {
    for (Root root : roots) {
      boolean here = made.values().keySet().stream().anyMatch(Trials::inBody);
      if (root.kind() != Root.Kind.JSON || root.parameter() != null || !here) {
        continue;
      }
      Schema schema = Samples.compiled(root.judge().source());
      boolean valid =
          draft.body() != null && schema != null && judged(schema, draft.body()) == Schema.VALID;
      switch (made.rule().is()) {
        case RIGHT ->
            assertThat(valid || (draft.body() == null && !root.required()))
                .as(made.line())
                .isTrue();
        case WRONG -> assertThat(valid).as(made.line()).isFalse();
        case ODD -> {}
      }
    }
  }

  private static int judged(Schema schema, Node value) {
    byte[] text = Json.text(value).getBytes(StandardCharsets.UTF_8);
    return schema.judge(text, 0, text.length, new Visit(11));
  }

  @AfterAll
  void varies_nearly_every_body() {
    System.out.println("bodies that were varied: " + varied + " of " + bodies);
    assertThat(varied * 100).isGreaterThanOrEqualTo(bodies * 90);
  }
}
