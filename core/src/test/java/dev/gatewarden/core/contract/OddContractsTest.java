package dev.gatewarden.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What real documents hold and no textbook shows: it loads as it is meant, or says why it cannot.
class OddContractsTest {
  private static final String OK = "responses: {200: {description: x}}";

  @Test
  void reads_a_byte_order_mark_and_lines_that_end_in_two_characters() {
    String text =
        "openapi: 3.1.0\ninfo: {title: Shop, version: 1}\npaths:\n  /a:\n    get:\n      "
            + OK
            + "\n";
    assertThat(Contracts.of("\uFEFF" + text).read().operations()).hasSize(1);
    assertThat(Contracts.of(text.replace("\n", "\r\n")).read().operations())
        .singleElement()
        .satisfies(each -> assertThat(each.place()).hasToString("shop.yaml:5:5"));
  }

  @Test
  void reads_anchors_and_merge_keys() {
    Contract contract =
        Contracts.paths(
                """
                x-usual: &usual
                  parameters: [{name: q, in: query, schema: {type: string}}]
                  responses: {200: {description: x}}
                x-more: &more {deprecated: true, operationId: no}
                paths:
                  /a:
                    get:
                      <<: *usual
                      operationId: a
                  /b:
                    get: {operationId: b, <<: [*usual, *more]}
                  /c:
                    get: &c {operationId: c, responses: {200: {description: x}}}
                """)
            .read();
    assertThat(contract.operation("a").parameters()).hasSize(1);
    assertThat(contract.operation("b").source().get("deprecated")).isNotNull();
    assertThat(contract.warnings()).isEmpty();
    assertThat(Contracts.paths("paths:\n  /a:\n    get: {<<: 7, " + OK + "}\n").problems())
        .containsExactly("shop.yaml:6:15: `<<` takes a map, or a list of maps; write `<<: *name`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\u0000',
      value = {
        "required: yes~51: `required` is the text `yes`; write `true`, without quotes",
        "required: 'false'~51: `required` is the text `false`; write `false`, without quotes",
        "deprecated: off~53: `deprecated` is the text `off`; write `false`, without quotes",
        "explode: maybe~50: `explode` is the text `maybe`; write `true` or `false`",
      })
  void takes_no_text_for_a_truth_value(String word, String problem) {
    assertThat(
            Contracts.paths(
                    "paths:\n  /a:\n    get:\n      parameters: [{name: q, in: query, "
                        + word
                        + ", schema: {type: string}}]\n      "
                        + OK
                        + "\n")
                .problems())
        .containsExactly("shop.yaml:7:" + problem);
  }

  @Test
  void takes_unquoted_numbers_days_and_words_for_what_they_say() {
    Contract contract =
        Contracts.of(
                """
                openapi: 3.1
                info: {title: on, version: 2020-01-01}
                security: []
                paths:
                  /a:
                    get:
                      operationId: 12
                      parameters: [{name: 1, in: query, schema: {enum: [yes, no, 2020-01-01, 0o17, ~]}}]
                      responses: {200: {description: x}, 4xx: {description: y}}
                """)
            .read();
    assertThat(contract.version()).isEqualTo("2020-01-01");
    Operation operation = contract.operation("12");
    assertThat(operation.parameters()).extracting(Parameter::name).containsExactly("1");
    assertThat(operation.responses().byStatus()).containsOnlyKeys("200", "4XX");
  }

  @Test
  void follows_references_across_folders_encoded_and_back() {
    Contract contract =
        Contracts.paths(
                """
                paths:
                  /a: {$ref: 'items/a.yaml'}
                  /b: {$ref: '#/components/pathItems/B'}
                  /c/{id}: {$ref: 'items/all.yaml#/~1c~1%7Bid%7D'}
                components:
                  pathItems: {B: {get: {operationId: b, responses: {200: {$ref: '#/components/responses/R'}}}}}
                  responses: {R: {$ref: 'items/r.yaml#/R'}}
                  schemas: {S: {type: object}}
                """)
            .file(
                "items/a.yaml",
                "get: {operationId: a, parameters: [{$ref: p.yaml}], responses: {200: {$ref:"
                    + " 'r.yaml#/R'}}}\n")
            .file(
                "items/p.yaml",
                "name: q\nin: query\nschema: {$ref: './s/a%20b.json#/$defs/x~1y'}\n")
            .file("items/s/a b.json", "{\"$defs\": {\"x/y\": {\"type\": \"string\"}}}")
            .file(
                "items/r.yaml",
                "R: {description: x, content: {application/json: {schema: {$ref:"
                    + " '../shop.yaml#/components/schemas/S'}}}}\n")
            .file(
                "items/all.yaml",
                "/c/{id}:\n"
                    + "  parameters: [{name: id, in: path, required: true, schema: {type:"
                    + " string}}]\n"
                    + "  get: {operationId: c, responses: {200: {description: x}}}\n")
            .excused()
            .read();
    assertThat(contract.operations())
        .extracting(each -> each.id().name())
        .containsExactly("a", "b", "c");
    assertThat(contract.operation("a").parameters())
        .extracting(Parameter::name)
        .containsExactly("q");
    assertThat(contract.operation("b").responses().of(200).content().types())
        .containsOnlyKeys("application/json");
    assertThat(contract.operation("c").parameters()).hasSize(1);
  }

  @Test
  void says_what_it_does_not_read_and_why() {
    assertThat(
            Contracts.paths(
                    """
                    paths:
                      /a:
                      /b:
                        servers: [{url: 'https://other.example.com'}]
                        get:
                          servers: [{url: /v2}]
                          parameters:
                          responses: {200: {description: x, content: {text/event-stream: {itemSchema: {type: object}}}}}
                      /c:
                        $ref: '#/paths/~1b'
                        post: {responses: {}}
                    """)
                .excused()
                .warnings())
        .contains(
            "shop.yaml:5:3: `/a` is empty: no operation stands there",
            "shop.yaml:7:14: `servers` of a path or an operation is not read: it is found where the"
                + " others are; give what stands elsewhere a contract of its own",
            "shop.yaml:9:16: `servers` of a path or an operation is not read: it is found where the"
                + " others are; give what stands elsewhere a contract of its own",
            "shop.yaml:14:5: `post` beside `$ref` is not read; move it to where the reference"
                + " leads")
        .anyMatch(each -> each.contains("`parameters` is empty"))
        .anyMatch(each -> each.contains("`itemSchema` is not judged"));
  }

  @Test
  void reads_what_openapi_3_2_added() {
    Contract contract =
        Contracts.of(
                """
                openapi: 3.2.0
                $self: https://example.com/api
                info: {title: A, version: 1, summary: s}
                servers: [{url: 'https://a.example.com', name: prod}]
                security: [{'#/components/securitySchemes/o': []}]
                tags: [{name: a, parent: b, kind: nav}, {name: b}]
                paths:
                  /a:
                    query: {operationId: q, requestBody: {content: {application/json: {$ref: '#/components/mediaTypes/J'}}}, responses: {200: {summary: s}}}
                    additionalOperations: {COPY: {operationId: c, responses: {204: {description: x}}}}
                    get:
                      operationId: g
                      parameters: [{name: all, in: querystring, content: {application/json: {schema: {type: object}}}}, {name: c, in: cookie, style: cookie, schema: {type: string}}]
                      responses: {200: {description: x}}
                components:
                  mediaTypes: {J: {schema: {type: string}}}
                  securitySchemes: {o: {type: oauth2, deprecated: true, flows: {deviceAuthorization: {deviceAuthorizationUrl: https://a/d, tokenUrl: https://a/t, scopes: {}}}}}
                """)
            .read();
    assertThat(contract.operations())
        .extracting(Operation::method)
        .containsExactly("QUERY", "COPY", "GET");
    assertThat(contract.operation("g").security().alternatives().getFirst().needs())
        .extracting(Security.Need::scheme)
        .containsExactly("o");
    assertThat(contract.operation("q").body().content().types().get("application/json").schema())
        .isNotNull();
    assertThat(UnusedComponents.of(contract))
        .extracting(UnusedComponents.Unused::name)
        .doesNotContain("mediaTypes.J");
  }

  @Test
  void refuses_what_is_not_of_its_kind_rather_than_reading_nothing() {
    assertThat(
            Contracts.of(
                    "openapi: 3.1.0\n"
                        + "info: {title: a, version: 1}\n"
                        + "paths: {}\n"
                        + "components: []\n"
                        + "servers: {url: /}\n"
                        + "webhooks: no\n")
                .problems())
        .containsExactly(
            "shop.yaml:4:13: `components` should be a map, not a list",
            "shop.yaml:5:10: `servers` should be a list, not a map",
            "shop.yaml:6:11: `webhooks` should be a map, not a text");
    assertThat(Contracts.of("openapi: 3.1.0\npaths:\n\t/a: {}\n").problems())
        .containsExactly("shop.yaml:3:1: a tab stands where blanks should; indent with blanks");
  }

  @Test
  void tells_which_parts_nothing_leads_to() {
    Contract contract =
        Contracts.paths(
                """
                paths:
                  /a:
                    get:
                      operationId: a
                      security: [{used: []}]
                      parameters: [{$ref: '#/components/parameters/P'}]
                      responses: {200: {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Pet/properties/tail'}}}}}
                components:
                  parameters: {P: {name: q, in: query, schema: {type: string}}, Q: {name: r, in: query, schema: {type: string}}}
                  securitySchemes: {used: {type: http, scheme: bearer}, free: {type: http, scheme: basic}}
                  schemas:
                    Pet: {type: object, discriminator: {propertyName: kind}, properties: {kind: {type: string}, tail: {$ref: '#/components/schemas/Tail'}}}
                    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}]}
                    Tail: {type: string}
                    Lonely: {properties: {more: {$ref: '#/components/schemas/Lonely'}}}
                """)
            .read();
    assertThat(UnusedComponents.of(contract))
        .extracting(each -> each.name() + " " + each.place().line())
        .containsExactly("parameters.Q 12", "securitySchemes.free 13", "schemas.Lonely 18");
  }
}
