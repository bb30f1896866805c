package dev.gatewarden.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Bad contracts, and the very words they are refused with.
class ContractProblemsTest {

  @Test
  void is_no_contract() {
    assertThat(Contracts.of("[1]").problems())
        .containsExactly("shop.yaml:1:1: a contract should be a map, not a list");
    assertThat(Contracts.of("opnapi: 3.1.0").problems())
        .containsExactly(
            "shop.yaml:1:1: this is no OpenAPI document: it has no `openapi`; `opnapi` should"
                + " perhaps be `openapi`");
    assertThat(Contracts.of("openapi: 4.0.0").problems())
        .containsExactly("shop.yaml:1:10: OpenAPI 4.0.0 is not read, 3.0 to 3.2 is");
  }

  @Test
  void reports_everything_at_once_in_the_order_of_the_text() {
    assertThat(
            Contracts.paths(
                    """
                    paths:
                      orders: {get: {responses: {}}}
                      /a/{id: {get: {}}
                      /b:
                        gett: {responses: {}}
                        get:
                          operationId: b
                          securty: []
                          x-gatewarden-objekt: {none: x}
                          parameters: [{name: x}, {name: y, in: formData}]
                          responses: {20: {description: x}, 200: {$ref: '#/components/responses/Ok'}}
                        post: {operationId: b, security: [{bearr: []}], responses: {}}
                    components:
                      responses: {OK: {description: ok}}
                      securitySchemes:
                        bearer: {type: http, scheme: bearer}
                        odd: {type: basic}
                    """)
                .problems())
        .containsExactly(
            "shop.yaml:5:3: the path `orders` does not begin with `/`",
            "shop.yaml:6:3: the path `/a/{id` has braces that do not match",
            "shop.yaml:8:5: `gett` of `/b` is no method; did you mean `get`?",
            "shop.yaml:11:7: `securty` means nothing in an operation; did you mean `security`?",
            "shop.yaml:12:7: `x-gatewarden-objekt` is no word of ours; did you mean"
                + " `x-gatewarden-object`?",
            "shop.yaml:13:20: a parameter needs a `name` and an `in`",
            "shop.yaml:13:31: the parameter `y` stands in the unknown place `formData`; OpenAPI 3"
                + " has `requestBody` for it",
            "shop.yaml:14:19: `20` is no status; write `200`, `4XX` or `default`",
            "shop.yaml:14:53: `#/components/responses/Ok` points to nothing: there is no `Ok` in"
                + " `/components/responses`; did you mean `OK`?",
            "shop.yaml:15:25: the operation id `b` is taken; it stands already in line 9, at GET"
                + " /b",
            "shop.yaml:15:40: there is no security scheme `bearr`; did you mean `bearer`?",
            "shop.yaml:20:10: the security scheme `odd` has the unknown type `basic`; write `type:"
                + " http` and `scheme: basic`");
  }

  @Test
  void misspells_security_at_the_top() {
    assertThat(
            Contracts.of("openapi: 3.1.0\ninfo: {title: a, version: b}\nsecurty: []\npaths: {}")
                .problems())
        .containsExactly(
            "shop.yaml:3:1: `securty` means nothing at the top of a contract; did you mean"
                + " `security`?");
  }

  @Test
  void says_security_in_a_way_that_would_read_as_none() {
    assertThat(
            Contracts.of(
                    "openapi: 3.1.0\ninfo: {title: a, version: b}\nsecurity: {bearer: []}\npaths:\n"
                        + "  /a: {get: {security: [bearer], responses: {}}}")
                .problems())
        .containsExactly(
            "shop.yaml:3:11: `security` should be a list, not a map",
            "shop.yaml:5:25: an alternative of `security` should be a map, not a text");
  }

  @Test
  void has_paths_without_a_single_reading() {
    assertThat(
            Contracts.paths(
                    """
                    paths:
                      /a?b=c: {get: {}}
                      /a#b: {get: {}}
                      /a//b: {get: {}}
                      /a/{b/c}: {get: {}}
                      /a/{b}{c}: {get: {}}
                      /a/{b}/{b}: {get: {}}
                      /a/{}: {get: {}}
                      /a/{b*}: {get: {}}
                      /a/..: {get: {}}
                      /a;b: {get: {}}
                    """)
                .problems())
        .containsExactly(
            "shop.yaml:5:3: the path `/a?b=c` holds a query; operations are told apart by path and"
                + " method",
            "shop.yaml:6:3: the path `/a#b` holds a fragment, which no request ever carries",
            "shop.yaml:7:3: the path `/a//b` has an empty segment",
            "shop.yaml:8:3: the path `/a/{b/c}` has a variable across a slash",
            "shop.yaml:9:3: the path `/a/{b}{c}` has two variables with nothing between them, which"
                + " can be read in several ways",
            "shop.yaml:10:3: the path `/a/{b}/{b}` has the variable `{b}` twice",
            "shop.yaml:11:3: the path `/a/{}` has a variable without a name",
            "shop.yaml:12:3: the path `/a/{b*}` has the variable `{b*}`; OpenAPI knows plain names"
                + " only",
            "shop.yaml:13:3: the path `/a/..` has a segment that ends in a dot or a blank, which"
                + " some servers cut off",
            "shop.yaml:14:3: the path `/a;b` holds `;`, or an encoded slash or backslash, which"
                + " servers read in different ways");
  }

  @Test
  void refers_in_circles_and_to_other_files() {
    assertThat(
            Contracts.paths(
                    """
                    paths:
                      /a: {$ref: 'a.yaml#/item'}
                      /b: {$ref: '../b.yaml'}
                    components:
                      schemas:
                        One: {$ref: '#/components/schemas/Two'}
                        Two: {$ref: '#/components/schemas/One'}
                    """)
                .file("a.yaml", "item:\n  get:\n    responses: {'200': {$ref: '#/missing'}}\n")
                .problems())
        .containsExactly(
            "shop.yaml:6:14: `../b.yaml` lies outside the folder of `shop.yaml`; move it below that"
                + " folder, or allow it by name",
            "shop.yaml:9:17: `#/components/schemas/Two` leads in a circle",
            "shop.yaml:10:17: `#/components/schemas/One` leads in a circle",
            "a.yaml:3:31: `#/missing` points to nothing: there is no `missing` in the document");
  }

  @Test
  void takes_examples_and_names_of_properties_for_what_they_are() {
    assertThat(
            Contracts.paths(
                    """
                    paths:
                      /a:
                        get:
                          responses:
                            default:
                              description: x
                              content:
                                application/json:
                                  example: {$ref: '#/nothing'}
                                  schema:
                                    enum: [{$ref: '#/nothing'}]
                                    properties: {$ref: {type: string}, example: {type: string}}
                    """)
                .problems())
        .isEmpty();
  }

  @Test
  void lists_a_parameter_twice() {
    assertThat(
            Contracts.paths(
                    """
                    paths:
                      /a:
                        get:
                          responses: {'200': {description: x}}
                          parameters:
                            - {name: a, in: query, schema: {type: string}}
                            - {name: a, in: query, schema: {type: integer}}
                            - {name: A, in: header, schema: {}}
                            - {name: a, in: header, style: form, schema: {}}
                    """)
                .problems())
        .containsExactly(
            "shop.yaml:10:11: the parameter `query.a` is listed twice, and differently; the first"
                + " stands in line 9",
            "shop.yaml:12:11: `a` has the style `form`, which does not fit its place",
            "shop.yaml:12:11: the parameter `header.a` is listed twice, and differently; the first"
                + " stands in line 11");
  }

  @Test
  void restricts_properties_to_nobody_we_know() {
    assertThat(
            Contracts.paths(
                    """
                    paths: {}
                    components:
                      schemas:
                        A: {properties: {a: {x-gatewarden-read: [ownr], x-gatewarden-write: admin}}}
                        B: {properties: {b: {x-gatewarden-write: [], x-gatewarden-class: 1}}}
                    """)
                .problems())
        .containsExactly(
            "shop.yaml:7:46: `ownr` names nobody; did you mean `owner`?",
            "shop.yaml:7:73: `x-gatewarden-write` should be a list, not a text",
            "shop.yaml:8:70: `x-gatewarden-class` should be a text, not a number");
  }

  @Test
  void is_odd_but_clear() {
    assertThat(
            Contracts.of(
                    """
                    openapi: 3.0.3
                    info: {title: a}
                    foo: 1
                    paths:
                      /a/{year}:
                        parameters: [{name: id, in: path, schema: {}}]
                        get:
                          sumary: x
                          parameters: [{name: Accept, in: header}, {name: q, in: query}]
                          security: [{o: [raed]}]
                          responses: {}
                    components:
                      securitySchemes: {o: {type: oauth2, flows: {implicit: {scopes: {read: r}}}}}
                    """)
                .warnings())
        .containsExactly(
            "shop.yaml:1:1: the contract has no `info.version`",
            "shop.yaml:3:1: `foo` means nothing at the top of a contract",
            "shop.yaml:6:18: the path parameter `id` is not `required: true`",
            "shop.yaml:6:18: the path parameter `id` does not stand in `/a/{year}`",
            "shop.yaml:7:5: `/a/{year}` has no path parameter `year`",
            "shop.yaml:7:5: the operation promises no response",
            "shop.yaml:8:7: `sumary` means nothing in an operation; did you mean `summary`?",
            "shop.yaml:9:20: the header `Accept` is no parameter (OpenAPI says to ignore it)",
            "shop.yaml:9:48: `q` has no `schema`: any value fits",
            "shop.yaml:10:22: the scheme `o` names no scope `raed`; did you mean `read`?");
  }

  @Test
  void leaves_out_paths_that_nothing_can_reach_where_that_is_excused() {
    Contract contract =
        Contracts.paths("paths:\n  /rest?method=a: {get: {responses: {}}}\n").excused().read();

    assertThat(contract.operations()).isEmpty();
    assertThat(contract.warnings())
        .extracting(Object::toString)
        .contains(
            "shop.yaml:5:3: the path `/rest?method=a` holds a query; operations are told apart by"
                + " path and method");
  }
}
