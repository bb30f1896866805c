package dev.gatewarden.bench.schemas;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/// Jackson as a contender that only reads: it asks for every token, or builds a tree.
///
/// Argument: `tokens`, `strict` (which refuses duplicate names) or `tree`.
public final class Jackson {
  private Jackson() {}

  public static void main(String[] arguments) throws Exception {
    Worker.Judge judge =
        switch (arguments[0]) {
          case "tokens" -> tokens(new JsonFactory());
          case "strict" ->
              tokens(
                  JsonFactory.builder()
                      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                      .build());
          default -> tree(JsonMapper.shared());
        };
    Worker.serve(_ -> judge);
  }

  private static Worker.Judge tokens(JsonFactory factory) {
    return json -> {
      int count = 0;
      try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), json)) {
        while (parser.nextToken() != null) {
          count++;
        }
      }
      return count > 0;
    };
  }

  private static Worker.Judge tree(JsonMapper mapper) {
    return json -> mapper.readTree(json).isContainer();
  }
}
