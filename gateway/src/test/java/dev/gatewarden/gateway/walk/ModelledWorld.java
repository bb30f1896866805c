package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ContractFiles;
import dev.gatewarden.core.contract.ContractReader;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.ProblemsException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A small contract made at random: things in boxes, and every way to say who may do what to them.
final class ModelledWorld {
  private static final List<String> ROLES = List.of("r1", "r2");
  private static final String ANSWER =
      "{'200': {description: x, content: {application/json: {schema: {$ref:"
          + " '#/components/schemas/%s'}}}}, '404': {description: x}}";

  private final Random random;
  private final boolean owner;
  private final boolean tenant;

  private ModelledWorld(Random random) {
    this.random = random;
    this.owner = random.nextInt(8) > 0;
    this.tenant = random.nextBoolean();
  }

  /// A contract that loads, or null where what came out by chance does not.
  static @Nullable Contract contract(Random random) {
    String text = new ModelledWorld(random).text();
    try {
      return new ContractReader(_ -> text.getBytes(StandardCharsets.UTF_8), Bounds.DEFAULT)
          .read(
              new ContractFiles("w", new Place.Origin(URI.create("file:///w.yaml"), "w.yaml")),
              _ -> false);
    } catch (ProblemsException refused) {
      return null;
    }
  }

  private String text() {
    String path =
        "parameters: [{name: %s, in: path, required: true, schema: {type: string, maxLength:"
            + " 40}}]\n";
    StringBuilder text = new StringBuilder("openapi: 3.1.0\ninfo: {title: w, version: 1}\n");
    if (random.nextInt(4) == 0) {
      text.append("x-gatewarden-permission: ").append(roles()).append('\n');
    }
    text.append("paths:\n  /things:\n    get: {operationId: list, ")
        .append(common("does: list, items: response.body#/data", "Things"))
        .append("    post: {operationId: create, ")
        .append(
            random.nextBoolean()
                ? "requestBody: {content: {application/json: {schema: {$ref:"
                    + " '#/components/schemas/Thing'}}}}, "
                : "")
        .append(common("does: create, id: response.body#/id", "Thing"))
        .append("  /things/{id}:\n    ")
        .append(path.formatted("id"))
        .append("    get: {operationId: getThing, ")
        .append(common("id: path.id", "Thing"))
        .append("    delete: {operationId: drop, ")
        .append(common("id: path.id", "Thing"))
        .append("  /things/{id}/act:\n    ")
        .append(path.formatted("id"))
        .append("    post: {operationId: act, ")
        .append(common("does: act, id: path.id", "Thing"))
        .append("  /boxes/{box}:\n    ")
        .append(path.formatted("box"))
        .append("    get: {operationId: getBox, x-gatewarden-object: {type: box, id: path.box}, ")
        .append(security())
        .append("responses: ")
        .append(ANSWER.formatted("Thing"))
        .append("}\n")
        .append("  /boxes/{box}/things/{id}:\n    parameters:\n")
        .append(
            "    - {name: id, in: path, required: true, schema: {type: string, maxLength: 40}}\n")
        .append(
            "    - {name: box, in: path, required: true, schema: {type: string, maxLength: 40}}\n")
        .append("    get: {operationId: boxed, ")
        .append(common("id: path.id, within: {box: path.box}", "Thing"))
        .append("    delete: {operationId: dropBoxed, ")
        .append(common("id: path.id, within: {box: path.box}", "Thing"));
    return text.append(components()).toString();
  }

  private String common(String binding, String answer) {
    String access = random.nextInt(3) == 0 ? ", access: " + grants() : "";
    String word =
        switch (random.nextInt(5)) {
          case 0 -> "x-gatewarden-permission: " + roles() + ", ";
          case 1 -> "x-gatewarden-permission: none, ";
          default -> "";
        };
    String rule =
        random.nextInt(6) == 0
            ? "x-gatewarden-tenant: {from: header.X-Tenant, is: principal.tenant"
                + (random.nextBoolean() ? ", crossed-by: ['role:r1']" : "")
                + "}, parameters:"
                + " [{name: X-Tenant, in: header, schema: {type: string}}], "
            : "";
    return "x-gatewarden-object: {type: thing, "
        + binding
        + access
        + "}, "
        + word
        + rule
        + security()
        + "responses: "
        + ANSWER.formatted(answer)
        + "}\n";
  }

  private String security() {
    List<String> alternatives = new ArrayList<>();
    int many = random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(2);
    for (int i = 0; i < many; i++) {
      alternatives.add(
          switch (random.nextInt(10)) {
            case 0 -> "{}";
            case 1, 2 -> "{k: " + names() + "}";
            case 3 -> "{a: " + names() + ", k: []}";
            default -> "{a: " + names() + "}";
          });
    }
    return random.nextInt(15) == 0 ? "" : "security: " + alternatives + ", ";
  }

  private String names() {
    return some(List.of("s1", "s2", "r1"), 0).toString();
  }

  private String roles() {
    return "{roles: " + some(ROLES, 1) + "}";
  }

  private String grants() {
    List<String> words = new ArrayList<>(List.of("'role:r1'", "'role:r2'"));
    if (random.nextInt(6) == 0) {
      words.add("anyone");
    }
    if (owner) {
      words.addAll(List.of("owner", "owner"));
    }
    if (tenant) {
      words.addAll(List.of("tenant", "'role:r1@any-tenant'"));
    }
    return some(words, 1).stream().distinct().toList().toString();
  }

  private List<String> some(List<String> words, int least) {
    List<String> some = new ArrayList<>();
    for (String word : words) {
      if (random.nextInt(3) == 0) {
        some.add(word);
      }
    }
    while (some.size() < least) {
      some.add(words.get(random.nextInt(words.size())));
    }
    return some;
  }

  private String components() {
    String part =
        List.of("principal.subject", "principal.client", "principal.claim(/dept)")
            .get(random.nextInt(3));
    String at = random.nextInt(8) == 0 ? "/id" : "/by";
    String is = owner ? "owner: {at: " + at + ", is: " + part + "}, " : "";
    String of = tenant ? "tenant: {at: /org, is: principal.tenant}, " : "";
    List<String> known =
        List.of(
            "[relation, response, look-up]",
            "[look-up, relation]",
            "[response, look-up]",
            "[relation, look-up]",
            "[look-up]",
            "[response, relation, look-up]");
    String unknown = random.nextInt(4) == 0 ? ", unknown: deny" : "";
    String type =
        "{id: {at: /id}, %s%s%saccess: {read: %s, write: %s}, known-by: %s, read-by: %s%s}\n";
    String made =
        "{id: {at: /id}, owner: {is: principal.subject}, %s%saccess: {read: %s, write: %s},"
            + " known-by: [relation]}\n";
    boolean created = owner && random.nextInt(5) == 0;
    return "components:\n  securitySchemes:\n    a: "
        + (random.nextBoolean()
            ? "{type: http, scheme: bearer}\n"
            : "{type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://id.example/t', scopes:"
                + " {s1: a, s2: b, r1: c}}}}\n")
        + "    k: {type: apiKey, in: header, name: X-Key}\n"
        + "  x-gatewarden-objects:\n    thing: "
        + (created
            ? made.formatted(of, "parent: {box: /box}, ", grants(), grants())
            : type.formatted(
                is,
                of,
                "parent: {box: /box}, ",
                grants(),
                grants(),
                known.get(random.nextInt(known.size())),
                "getThing",
                unknown))
        + "    box: "
        + type.formatted(is, of, "", grants(), grants(), "[relation, look-up]", "getBox", "")
        + "  schemas:\n"
        + "    Thing: {type: object, properties: {id: {type: string}, by: {type: string}, org:"
        + " {type: string}, box: {type: string}}}\n"
        + "    Things: {type: object, properties: {data: {type: array, items: {$ref:"
        + " '#/components/schemas/Thing'}}}}\n";
  }
}
