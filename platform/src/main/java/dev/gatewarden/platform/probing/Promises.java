package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.schema.Direction;
import dev.gatewarden.core.schema.Options;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.SchemaCompiler;
import dev.gatewarden.core.schema.Violation;
import dev.gatewarden.core.schema.Visit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a contract promises of answers, held against those that came.
final class Promises {
  private static final Violation.Limits LIMITS = new Violation.Limits(3, 100);

  /// The seed of judging: who answers does not choose the names.
  private static final long SEED = 7;

  private final Map<SchemaSource, Optional<Schema>> schemas = new HashMap<>();
  private final Visit visit = new Visit(SEED);

  /// In which ways an answer is not what is promised: in words.
  List<String> broken(Operation operation, Answer answer) {
    Responses.Promised promised = operation.responses().of(answer.status());
    if (operation.responses().byStatus().isEmpty()) {
      return List.of();
    }
    if (promised == null) {
      return List.of("the status " + answer.status() + " is not promised");
    }
    String type = answer.header("content-type");
    if (promised.content().isEmpty() || answer.body().length == 0) {
      return List.of();
    }
    Content.MediaType media = type == null ? null : promised.content().of(type);
    if (media == null) {
      return List.of(type == null ? "it has no content type" : "its content type is not promised");
    }
    SchemaSource source = media.schema();
    boolean json = answer.json() != null && (media.range().contains("json"));
    if (source == null || !json) {
      return List.of();
    }
    Optional<Schema> schema = schemas.computeIfAbsent(source, Promises::compiled);
    return schema.isEmpty() ? List.of() : judged(schema.get(), answer.body());
  }

  private List<String> judged(Schema schema, byte[] body) {
    if (schema.judge(body, 0, body.length, visit) == Schema.VALID) {
      return List.of();
    }
    List<String> said = new ArrayList<>();
    for (Violation each : schema.explain(body, 0, body.length, visit, LIMITS)) {
      String at = each.instanceLocation();
      said.add((at.isEmpty() ? "the body" : "`" + at + "`") + " " + each.sentence());
    }
    return said.isEmpty() ? List.of("it is not what its schema says") : said;
  }

  private static Optional<Schema> compiled(SchemaSource source) {
    try {
      return Optional.of(
          SchemaCompiler.compile(
              source.schema(),
              Options.of(source.dialect().ofSchemas())
                  .references(source.references())
                  .direction(Direction.RESPONSE)));
    } catch (ProblemsException broken) {
      // the audit tells what is wrong with it
      return Optional.empty();
    }
  }
}
