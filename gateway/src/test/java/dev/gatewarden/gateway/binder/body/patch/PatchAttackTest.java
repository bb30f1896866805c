package dev.gatewarden.gateway.binder.body.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.gateway.binder.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Random patches against an object with properties that may not be written, and others that may
/// not be seen: what is not marked is applied as a service would, and must have changed none of the
/// first and told none of the second.
class PatchAttackTest {
  private static final int PATCHES = 60_000;
  private static final Promise API =
      Promise.of(
          """
          openapi: 3.1.0
          info: {title: t, version: '1'}
          paths:
            /accounts/{id}:
              patch:
                operationId: change
                x-gatewarden-object: {none: a test}
                parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                requestBody:
                  content:
                    application/json-patch+json: {schema: {type: array}}
                    application/merge-patch+json: {schema: {$ref: '#/components/schemas/Account'}}
                responses:
                  '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Account'}}}}
          components:
            schemas:
              Account:
                type: object
                properties:
                  name: {}
                  role: {type: [string, 'null'], x-gatewarden-write: []}
                  score: {type: integer, x-gatewarden-read: []}
                  state: {readOnly: true, type: string}
                  risk:
                    type: [object, 'null']
                    properties:
                      word: {}
                      level: {type: integer, x-gatewarden-read: [], x-gatewarden-write: []}
                  lines:
                    type: array
                    items:
                      type: object
                      properties:
                        sku: {}
                        cost: {type: integer, x-gatewarden-write: [], x-gatewarden-read: []}
                  limits: {type: [object, 'null'], additionalProperties: {type: integer, x-gatewarden-write: []}}
                  labels: {type: object, additionalProperties: true}
                  self: {$ref: '#/components/schemas/Account'}
          """);
  private static final String DOCUMENT =
      """
      {"name":"n","role":"user","score":%1$d,"state":"open","risk":{"word":"w","level":%1$d},
       "lines":[{"sku":"a","cost":%1$d},{"sku":"b","cost":%2$d}],"limits":{"day":5},
       "labels":{"x":"y"},"self":{"role":"user","score":%2$d,"name":"m"}}
      """;
  private static final String[] TOKENS = {
    "name",
    "role",
    "score",
    "state",
    "risk",
    "word",
    "level",
    "lines",
    "0",
    "1",
    "-",
    "sku",
    "cost",
    "limits",
    "day",
    "labels",
    "x",
    "self",
    "Role",
    "__proto__",
    "a~1b"
  };
  private static final String[] PLACES = {
    "/name",
    "/risk/word",
    "/lines/0",
    "/lines/1",
    "/lines/-",
    "/lines/0/sku",
    "/lines/1/cost",
    "/labels/x",
    "/labels/new",
    "/self/name",
    "/self",
    "/lines",
    "/labels",
    "/risk",
    "/score",
    "/self/self/name",
    "/self/lines/-"
  };
  private static final String[] VALUES = {
    "1",
    "\"x\"",
    "null",
    "{}",
    "[]",
    "{\"role\":\"admin\"}",
    "{\"name\":\"z\"}",
    "{\"sku\":\"c\"}",
    "{\"sku\":\"c\",\"cost\":0}",
    "[{\"sku\":\"c\"}]",
    "{\"word\":\"v\"}",
    "{\"level\":0}",
    "{\"day\":9}",
    "7",
    "{\"lines\":[{\"cost\":1}]}",
    "{\"self\":{\"role\":\"admin\"}}"
  };
  private static final String[] OPERATIONS = {"add", "remove", "replace", "move", "copy", "test"};

  private final ObjectMapper mapper = new ObjectMapper();

  @Test
  void changes_nothing_that_may_not_be_written_and_tells_nothing_that_may_not_be_seen()
      throws Exception {
    assertThat(API.problems()).isEmpty();
    Random random = new Random(29);
    int passed = 0;
    int applied = 0;
    for (int i = 0; i < PATCHES; i++) {
      String patch = patch(random);
      Reading reading =
          API.send("PATCH", "/accounts/1", patch, "content-type", "application/json-patch+json");
      if (!reading.conforms() || restricted(reading)) {
        continue;
      }
      passed++;
      JsonNode one = applied(patch, 3, 4);
      JsonNode other = applied(patch, 8, 9);
      assertThat(one == null).as("whether %s succeeds", patch).isEqualTo(other == null);
      if (one != null && other != null) {
        applied++;
        assertThat(fixed(one)).as(patch).isEqualTo(fixed(mapper.readTree(document(3, 4))));
        assertThat(costs(one)).as(patch).isSubsetOf(3, 4);
        assertThat(seen(one)).as(patch).isEqualTo(seen(other));
      }
    }
    assertThat(passed).isGreaterThan(PATCHES / 20);
    assertThat(applied).isGreaterThan(PATCHES / 40);
  }

  @Test
  void merges_nothing_into_what_may_not_be_written() throws Exception {
    Random random = new Random(30);
    int merged = 0;
    for (int i = 0; i < PATCHES; i++) {
      String patch = object(random, 3);
      Reading reading =
          API.send("PATCH", "/accounts/1", patch, "content-type", "application/merge-patch+json");
      if (reading.conforms() && !restricted(reading)) {
        merged++;
        JsonNode one = merged(mapper.readTree(document(3, 4)), mapper.readTree(patch));
        assertThat(fixed(one)).as(patch).isEqualTo(fixed(mapper.readTree(document(3, 4))));
        assertThat(costs(one)).as(patch).isSubsetOf(3, 4);
      }
    }
    assertThat(merged).isGreaterThan(PATCHES / 40);
  }

  /// RFC 7396, section 2.
  private JsonNode merged(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode)) {
      return patch;
    }
    ObjectNode object =
        target instanceof ObjectNode known ? known.deepCopy() : mapper.createObjectNode();
    patch
        .properties()
        .forEach(
            each -> {
              if (each.getValue().isNull()) {
                object.remove(each.getKey());
              } else {
                object.set(each.getKey(), merged(object.path(each.getKey()), each.getValue()));
              }
            });
    return object;
  }

  private static String object(Random random, int deepest) {
    StringBuilder object = new StringBuilder("{");
    java.util.Set<String> names = new java.util.LinkedHashSet<>();
    int members = 1 + random.nextInt(3);
    while (names.size() < members) {
      names.add(TOKENS[random.nextInt(TOKENS.length)]);
    }
    for (String name : names) {
      object.append(object.length() > 1 ? "," : "").append('"').append(name).append("\":");
      boolean deeper = deepest > 0 && random.nextBoolean();
      object.append(deeper ? object(random, deepest - 1) : VALUES[random.nextInt(VALUES.length)]);
    }
    return object.append('}').toString();
  }

  private static String document(int one, int other) {
    return DOCUMENT.formatted(one, other);
  }

  private JsonNode applied(String patch, int one, int other) throws Exception {
    try {
      return AppliedPatch.of(mapper.readTree(patch), mapper.readTree(document(one, other)));
    } catch (AppliedPatch.Failed e) {
      return null;
    }
  }

  private static boolean restricted(Reading reading) {
    for (Mark mark : reading.marks()) {
      if (mark.meaning() instanceof Meaning.Writable
          || mark.meaning() instanceof Meaning.Readable) {
        return true;
      }
    }
    return false;
  }

  /// What nobody may write, outside of lists.
  private static List<JsonNode> fixed(JsonNode document) {
    List<JsonNode> fixed = new ArrayList<>();
    for (String at : new String[] {"/role", "/state", "/risk/level", "/limits", "/self/role"}) {
      fixed.add(document.at(at));
    }
    return fixed;
  }

  private static List<Integer> costs(JsonNode document) {
    List<Integer> costs = new ArrayList<>();
    document.path("lines").forEach(line -> costs.add(line.path("cost").asInt(3)));
    return costs;
  }

  /// What everybody may see.
  private static JsonNode seen(JsonNode document) {
    ObjectNode seen = document.deepCopy();
    hide(seen);
    return seen;
  }

  private static void hide(ObjectNode account) {
    account.remove("score");
    if (account.path("risk") instanceof ObjectNode risk) {
      risk.remove("level");
    }
    for (JsonNode line : account.path("lines")) {
      if (line instanceof ObjectNode object) {
        object.remove("cost");
      }
    }
    if (account.path("self") instanceof ObjectNode self) {
      hide(self);
    }
  }

  private static String patch(Random random) {
    StringBuilder patch = new StringBuilder("[");
    int operations = 1 + random.nextInt(3);
    for (int i = 0; i < operations; i++) {
      String operation = OPERATIONS[random.nextInt(OPERATIONS.length)];
      patch.append(i == 0 ? "" : ",").append("{\"op\":\"").append(operation);
      patch.append("\",\"path\":\"").append(pointer(random)).append('"');
      if (operation.equals("move") || operation.equals("copy")) {
        patch.append(",\"from\":\"").append(pointer(random)).append('"');
      } else if (!operation.equals("remove")) {
        patch.append(",\"value\":").append(VALUES[random.nextInt(VALUES.length)]);
      }
      patch.append('}');
    }
    return patch.append(']').toString();
  }

  private static String pointer(Random random) {
    if (random.nextInt(3) > 0) {
      return PLACES[random.nextInt(PLACES.length)];
    }
    StringBuilder pointer = new StringBuilder();
    int depth = random.nextInt(4);
    for (int i = 0; i < depth; i++) {
      pointer.append('/').append(TOKENS[random.nextInt(TOKENS.length)]);
    }
    return pointer.toString();
  }
}
