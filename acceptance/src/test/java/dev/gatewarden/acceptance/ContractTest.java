package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ContractFiles;
import dev.gatewarden.core.contract.ContractReader;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.testkit.Ratchet;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Contracts in each version of OpenAPI, those of others among them.
class ContractTest {
  private static final String PARTS =
      """
      {"Pet": {"type": "object", "discriminator": {"propertyName": "kind"}, "properties": {"kind": {"type": "string"}}},
       "Cat": {"allOf": [{"$ref": "#/Pet"}, {"oneOf": [{"type": "object"}, {"anyOf": [{"type": "object"}]}]}]}}
      """;

  @TempDir private Path folder;

  private static Contract read(Path file) {
    return new ContractReader(address -> Files.readAllBytes(Path.of(address)), Bounds.DEFAULT)
        .read(
            new ContractFiles("api", new Place.Origin(file.toUri(), file.getFileName().toString())),
            operation -> true);
  }

  private Contract read(String name, String text) throws IOException {
    Files.writeString(folder.resolve("parts.json"), PARTS);
    return read(Files.writeString(folder.resolve(name), text));
  }

  @Test
  @Requirement(id = "CON-1")
  void whole_documents_of_the_real_world_are_read() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(corpora().resolve("openapi"))) {
      all.filter(Files::isRegularFile).sorted().forEach(files::add);
    }
    int operations = 0;
    for (Path file : files) {
      operations += read(file).operations().size();
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(123);
    Ratchet.count("contracts-of-others.operations", operations);
  }

  @Test
  @Requirement(id = "CON-1")
  void openapi_3_0_is_read_with_callbacks_and_references_across_files() throws IOException {
    Contract contract =
        read(
            "a.json",
            """
            {"openapi": "3.0.3", "info": {"title": "a", "version": "1"}, "paths": {"/cats": {"post": {
              "operationId": "adopt",
              "requestBody": {"content": {"application/json": {"schema": {"$ref": "parts.json#/Cat"}}}},
              "responses": {"201": {"description": "yours"}},
              "callbacks": {"fed": {"{$request.body#/url}": {"post": {"responses": {"204": {"description": "x"}}}}}}}}}}
            """);

    assertThat(contract.operations()).extracting(Object::toString).containsExactly("api.adopt");
    assertThat(contract.outbound())
        .extracting(each -> each.name())
        .containsExactly("fed {$request.body#/url}");
    assertThat(contract.warnings()).isEmpty();
  }

  @Test
  @Requirement(id = "CON-1")
  void openapi_3_1_is_read_with_webhooks() throws IOException {
    Contract contract =
        read(
            "a.yaml",
            """
            openapi: 3.1.0
            info: {title: a, version: 1}
            paths: {/cats: {get: {responses: {200: {$ref: '#/components/responses/Cats'}}}}}
            webhooks: {born: {post: {responses: {204: {description: x}}}}}
            components:
              responses:
                Cats: {description: x, content: {application/json: {schema: {type: [array, 'null'], items: {$ref: 'parts.json#/Cat'}}}}}
            """);

    assertThat(contract.operations()).extracting(Object::toString).containsExactly("api.get /cats");
    assertThat(contract.outbound()).extracting(each -> each.name()).containsExactly("born");
    assertThat(contract.warnings()).isEmpty();
  }

  @Test
  @Requirement(id = "CON-1")
  void swagger_2_0_is_read_by_conversion() throws IOException {
    Contract contract =
        read(
            "a.yaml",
            """
            swagger: '2.0'
            info: {title: a, version: 1}
            host: api.example.com
            basePath: /v1
            paths:
              /cats:
                post:
                  parameters: [{name: cat, in: body, required: true, schema: {$ref: '#/definitions/Cat'}}]
                  responses: {200: {description: x, schema: {$ref: '#/definitions/Cat'}}}
            definitions: {Cat: {type: object}}
            """);

    assertThat(contract.servers().getFirst().basePath()).isEqualTo("/v1");
    assertThat(contract.operations())
        .singleElement()
        .satisfies(operation -> assertThat(operation.body()).isNotNull());
  }

  @Test
  @Requirement(id = "CON-1")
  void a_fault_is_told_with_file_line_column_and_pointer() {
    ProblemsException wrong =
        catchThrowableOfType(
            ProblemsException.class,
            () ->
                read(
                    "a.yaml",
                    """
                    openapi: 3.1.0
                    info: {title: a, version: 1}
                    paths:
                      /cats:
                        get:
                          responses:
                            200: {description: x, content: {application/json: {schema: {$ref: 'parts.json#/Cta'}}}}
                    """));

    assertThat(wrong.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem)
                  .hasToString(
                      "a.yaml:7:75: `parts.json#/Cta` points to nothing: there is no `Cta` in the"
                          + " document; did you mean `Cat`?");
              assertThat(problem.place().pointer())
                  .isEqualTo(
                      "/paths/~1cats/get/responses/200/content/application~1json/schema/$ref");
            });
  }

  private static Path corpora() {
    String named = System.getenv("GATEWARDEN_CORPORA");
    Path found = named == null || named.isBlank() ? null : Path.of(named);
    for (Path at = Path.of("").toAbsolutePath(); found == null && at != null; at = at.getParent()) {
      Path beside = at.resolve("shared").resolve("corpora");
      found = Files.isDirectory(beside) ? beside : null;
    }
    Assumptions.assumeTrue(found != null && Files.isDirectory(found), "corpora absent");
    return found;
  }
}
