package dev.gatewarden.core.schema;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.ValidationLimitExceededException;
import com.networknt.schema.dialect.Dialects;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A schema as another validator understands it, to hold the engine against.
final class Oracle {
  /// Its `oneOf` takes exponential time, so it is stopped.
  private static final long MOST_STEPS = 100_000;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /// What it says of a document.
  enum Answer {
    VALID,
    INVALID,
    GAVE_UP
  }

  private final com.networknt.schema.Schema schema;

  private Oracle(com.networknt.schema.Schema schema) {
    this.schema = schema;
  }

  /// A family of schemas that may refer to the same documents.
  static Function<String, Oracle> family(
      Dialect dialect, boolean formats, Function<String, String> documents) {
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder().formatAssertionsEnabled(formats).build();
    SchemaRegistry registry =
        SchemaRegistry.withDefaultDialect(
            dialect(dialect), builder -> builder.schemaRegistryConfig(config).schemas(documents));
    return address -> new Oracle(registry.getSchema(SchemaLocation.of(address)));
  }

  private static com.networknt.schema.dialect.Dialect dialect(Dialect dialect) {
    return switch (dialect) {
      case OPENAPI_3_0 -> Dialects.getOpenApi30();
      case OPENAPI_3_1 -> Dialects.getOpenApi31();
      case DRAFT_2020_12 -> Dialects.getDraft202012();
      case DRAFT_2019_09 -> Dialects.getDraft201909();
      case DRAFT_7 -> Dialects.getDraft7();
      case DRAFT_6 -> Dialects.getDraft6();
      case DRAFT_4 -> Dialects.getDraft4();
    };
  }

  Answer judge(String json) {
    JsonNode tree = JSON.readTree(json);
    try {
      boolean valid =
          schema.validate(
              tree,
              OutputFormat.BOOLEAN,
              (ExecutionContext context) ->
                  context.executionConfig(
                      config -> config.failFast(true).maxEvaluationSteps(MOST_STEPS)));
      return valid ? Answer.VALID : Answer.INVALID;
    } catch (ValidationLimitExceededException tooLong) {
      return Answer.GAVE_UP;
    }
  }

  /// The keyword it refuses a document for, with the format where that is meant.
  String reason(String json) {
    List<com.networknt.schema.Error> errors = schema.validate(JSON.readTree(json));
    if (errors.isEmpty()) {
      return "nothing";
    }
    com.networknt.schema.Error first = errors.getFirst();
    return first.getKeyword() == null ? "false" : first.getKeyword();
  }
}
