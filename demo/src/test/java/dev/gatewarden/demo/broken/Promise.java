package dev.gatewarden.demo.broken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.app.contracts.Contracts;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ContractFiles;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PathTemplate;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.schema.Dialect;
import dev.gatewarden.core.schema.Direction;
import dev.gatewarden.core.schema.Options;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.SchemaCompiler;
import dev.gatewarden.core.schema.UnknownFields;
import dev.gatewarden.core.schema.Violation;
import dev.gatewarden.core.schema.Visit;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the contract of a broken API promises, held against what it answers.
final class Promise {

  private final Contract contract;
  private final Visit visit = new Visit(1);

  private Promise(Contract contract) {
    this.contract = contract;
  }

  static Promise of(Specimen specimen) {
    return new Promise(read(specimen, specimen.contract(URI.create("http://127.0.0.1:1"))));
  }

  /// A contract as the gate's own reader understands it.
  static Contract read(Specimen specimen, String text) {
    try {
      Path file = Files.createTempFile(specimen.word(), ".yaml");
      try {
        Files.writeString(file, text);
        Origin origin = new Origin(file.toUri(), specimen.word());
        return Contracts.reader()
            .read(new ContractFiles(specimen.word(), origin, List.of(), Set.of()), _ -> false);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  List<Operation> operations() {
    return contract.operations();
  }

  /// Fails when the answer has a status, a type or a body that nobody promised.
  void keptBy(HttpResponse<String> response) {
    String method = response.request().method();
    String said = method + " " + response.uri().getPath() + " " + response.statusCode();
    Operation operation = operation(method, response.uri().getRawPath());
    if (operation == null) {
      assertThat(response.statusCode()).as(said).isIn(204, 404, 405);
      return;
    }
    Responses.Promised promised =
        operation.responses().byStatus().get(Integer.toString(response.statusCode()));
    assertThat(promised).as(said).isNotNull();
    String type = response.headers().firstValue("content-type").orElse("");
    assertThat(type.isEmpty()).as(said).isEqualTo(promised.content().types().isEmpty());
    if (!type.isEmpty()) {
      Content.MediaType media = promised.content().of(type);
      assertThat(media).as(said + " " + type).isNotNull();
      if (type.endsWith("json") && media.schema() != null) {
        assertThat(violations(media.schema(), response.body())).as(said).isEmpty();
      }
    }
  }

  private @Nullable Operation operation(String method, String path) {
    return contract.operations().stream()
        .filter(each -> each.method().equals(method) && matches(each.path(), path))
        .min((one, other) -> one.path().variables().size() - other.path().variables().size())
        .orElse(null);
  }

  private static boolean matches(PathTemplate template, String path) {
    String[] wanted = template.text().split("/", -1);
    String[] given = path.split("/", -1);
    boolean same = wanted.length == given.length;
    for (int i = 0; same && i < wanted.length; i++) {
      same = wanted[i].startsWith("{") || wanted[i].equals(given[i]);
    }
    return same;
  }

  private List<Violation> violations(SchemaSource source, String body) {
    Dialect dialect =
        switch (source.dialect()) {
          case OPENAPI_3_0 -> Dialect.OPENAPI_3_0;
          case OPENAPI_3_1 -> Dialect.OPENAPI_3_1;
        };
    Schema schema =
        SchemaCompiler.compile(
            source.schema(),
            Options.of(dialect)
                .direction(Direction.RESPONSE)
                .unknownFields(UnknownFields.REFUSE)
                .references(source.references()));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return schema.explain(bytes, 0, bytes.length, visit, Violation.Limits.DEFAULT);
  }
}
