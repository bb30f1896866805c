package dev.gatewarden.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.Corpora;
import dev.gatewarden.core.Ratchets;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.ProblemsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Contracts that others wrote.
@Tag("long")
class ContractCorporaTest {

  private static Contract read(Path file, Predicate<OperationId> excused) {
    return new ContractReader(address -> Files.readAllBytes(Path.of(address)), Bounds.DEFAULT)
        .read(
            new ContractFiles("api", new Place.Origin(file.toUri(), file.getFileName().toString())),
            excused);
  }

  @Test
  void loads_every_document_of_the_directory_where_its_bindings_are_excused() {
    int operations = 0;
    int routed = 0;
    List<String> refused = new ArrayList<>();
    List<Path> files = Corpora.files("openapi/directory");
    for (Path file : files) {
      try {
        Contract contract = read(file, operation -> true);
        operations += contract.operations().size();
        new Routes(List.of(new Mount(contract, "", "")));
        routed++;
      } catch (ProblemsException wrong) {
        refused.add(file.getFileName() + ": " + wrong.problems().getFirst());
      }
    }
    assertThat(refused).isEmpty();
    Ratchets.note("contract.directory", routed);
    Ratchets.note("contract.directory-operations", operations);
  }

  @Test
  void says_where_and_why_a_real_document_is_refused() {
    for (Path file : Corpora.files("openapi/directory")) {
      try {
        read(file, operation -> false);
      } catch (ProblemsException wrong) {
        assertThat(wrong.problems())
            .allSatisfy(
                problem -> {
                  assertThat(problem.place().line()).isPositive();
                  assertThat(problem.place().column()).isPositive();
                  assertThat(problem.toString()).startsWith(file.getFileName().toString());
                });
      }
    }
  }

  @Test
  void loads_the_largest_document_whole() {
    Contract github = read(Corpora.at("openapi/github.json"), operation -> true);

    assertThat(github.operations()).hasSizeGreaterThan(1000);
    assertThat(github.operation("issues/get").parameters())
        .extracting(Parameter::name)
        .containsExactly("owner", "repo", "issue_number");
    Routes routes = new Routes(List.of(new Mount(github, "", "")));
    assertThat(RoutesTest.shown(routes.route("GET", "api.github.com", "/repos/a/b/issues/7")))
        .isEqualTo("issues/get owner=a repo=b issue_number=7");
    for (Operation operation : github.operations()) {
      String path = operation.path().text().replaceAll("[{]([^}]*)[}]", "x");
      assertThat(routes.route(operation.method(), "h", path)).isInstanceOf(Routing.Matched.class);
    }
  }

  @Test
  void loads_the_two_demonstration_apis() {
    assertThat(read(Corpora.at("openapi/conduit.yaml"), operation -> true).operations())
        .hasSize(19);
    assertThat(read(Corpora.at("openapi/vampi.yaml"), operation -> true).operations()).hasSize(14);
  }
}
