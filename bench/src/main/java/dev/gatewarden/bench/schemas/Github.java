package dev.gatewarden.bench.schemas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Payloads c and d: examples of GitHub's OpenAPI document, and its response schemas said again in
/// JSON Schema 2020-12, so that validators which know nothing of OpenAPI can take part.
final class Github {
  private static final String COMPONENTS = "#/components/schemas/";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final JsonNode contract;

  Github(Path file) throws IOException {
    contract = JSON.readTree(Files.readAllBytes(file));
  }

  /// The example of a pull request, without white space, and with the one field its own schema
  /// requires in vain.
  String pullRequest() {
    JsonNode example = example("pull-request");
    example.path("requested_teams").forEach(team -> ((ObjectNode) team).put("type", "enterprise"));
    return example.toString();
  }

  /// The example of a list of issues, without white space, and without the two fields its own
  /// schema
  /// does not know.
  String issues() {
    JsonNode example = example("issue-with-repo-items");
    for (JsonNode issue : example) {
      ((ObjectNode) issue.path("repository")).remove(List.of("subscribers_count", "network_count"));
    }
    return example.toString();
  }

  private JsonNode example(String name) {
    return at("examples", name).get("value").deepCopy();
  }

  /// A schema of the contract with all it refers to.
  String schema(String name) {
    ObjectNode root = JSON.createObjectNode();
    root.put("$ref", "#/$defs/" + name);
    return bundle(root, name);
  }

  /// A list of what a schema of the contract describes.
  String list(String name) {
    ObjectNode root = JSON.createObjectNode();
    root.put("type", "array");
    root.putObject("items").put("$ref", "#/$defs/" + name);
    return bundle(root, name);
  }

  private JsonNode at(String kind, String name) {
    JsonNode found = contract.path("components").path(kind).path(name);
    if (found.isMissingNode()) {
      throw new IllegalStateException("the contract has no `" + name + "` among its " + kind);
    }
    return found;
  }

  private String bundle(ObjectNode root, String first) {
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    ObjectNode definitions = root.putObject("$defs");
    Set<String> known = new HashSet<>(Set.of(first));
    Deque<String> open = new ArrayDeque<>(known);
    while (!open.isEmpty()) {
      String name = open.removeFirst();
      JsonNode schema = at("schemas", name).deepCopy();
      restate(schema);
      definitions.set(name, schema);
      for (JsonNode reference : schema.findValues("$ref")) {
        String target = reference.asString().substring("#/$defs/".length());
        if (known.add(target)) {
          open.add(target);
        }
      }
    }
    return root.toString();
  }

  private static void restate(JsonNode node) {
    if (node instanceof ArrayNode list) {
      list.forEach(Github::restate);
    } else if (node instanceof ObjectNode schema) {
      JsonNode reference = schema.path("$ref");
      if (reference.isString()) {
        String target = reference.asString().substring(COMPONENTS.length());
        schema.removeAll();
        schema.put("$ref", "#/$defs/" + target);
        return;
      }
      schema.remove("example");
      schema.remove("externalDocs");
      if (schema.path("nullable").asBoolean(false) && schema.path("type").isString()) {
        String type = schema.get("type").asString();
        schema.putArray("type").add(type).add("null");
      }
      schema.remove("nullable");
      schema.forEach(Github::restate);
    }
  }
}
