package dev.gatewarden.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// However a contract is mangled, it loads or is refused with places; it never breaks the reader.
class ContractFuzzTest {
  private static final String SHOP =
      """
      openapi: 3.1.0
      info: {title: Shop, version: 1}
      security: [{bearer: []}]
      x-gatewarden-tenant: {from: host.label(0), is: principal.tenant}
      paths:
        /orders/{id}:
          parameters: [{name: id, in: path, required: true, schema: {type: string, format: uuid}}]
          get:
            operationId: getOrder
            x-gatewarden-object: {type: order, id: path.id, within: {account: query.a}}
            parameters: [{$ref: '#/components/parameters/A'}]
            responses: {'200': {$ref: '#/components/responses/Order'}}
          patch:
            operationId: change
            x-gatewarden-object: [{type: order, id: 'body#/ids/*', batch: all, access: [owner]}]
            requestBody: {content: {application/json: {schema: {properties: {ids: {items: {type: string}}}}}}}
            responses: {'204': {description: x}}
        /orders:
          get:
            x-gatewarden-object: {type: order, items: response.body#/data, count: {at: /total}}
            responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Orders'}}}}}
      components:
        x-gatewarden-objects:
          account: {id: {at: /id}, owner: {at: /id}}
          order: {id: {at: /id, as: uuid}, owner: {at: /by}, parent: {account: /a}, read-by: getOrder}
        securitySchemes: {bearer: {type: http, scheme: bearer}}
        parameters: {A: {name: a, in: query, required: true, schema: {type: string}}}
        responses: {Order: {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}
        schemas:
          Order: {type: object, properties: {id: {type: string}, by: {type: string}, a: {type: string}}}
          Orders: {type: object, properties: {data: {type: array, items: {$ref: '#/components/schemas/Order'}}}}
      """;

  private static final String OVERLAY =
      """
      overlay: 1.0.0
      actions:
        - target: $.paths['/orders'].get
          update: {operationId: list}
        - target: $..parameters[?@.name == 'a' && !@.x || @.y != 1]
          remove: true
      """;

  @Provide
  Arbitrary<String> token() {
    return Arbitraries.of(
        "",
        "{}",
        "[]",
        "~",
        "7",
        "'x'",
        "true",
        "[{}]",
        "{a: b}",
        "$ref",
        "'#/components'",
        "get",
        "id",
        "*",
        "{$ref: '#/components/schemas/Orders'}",
        "{$ref: '#/paths'}",
        ".",
        "/",
        "'#'",
        "-",
        "$",
        "path.id",
        "body#/ids",
        "none",
        "{none: x}",
        "[owner]");
  }

  @Property(tries = 600)
  void never_breaks(
      @ForAll @Size(min = 1, max = 3) List<@IntRange(max = 1 << 20) Integer> places,
      @ForAll @Size(min = 3, max = 3) List<@From("token") String> tokens,
      @ForAll boolean overlay) {
    String shop = SHOP;
    String laid = OVERLAY;
    for (int i = 0; i < places.size(); i++) {
      if (overlay) {
        laid = mangled(laid, places.get(i), tokens.get(i));
      } else {
        shop = mangled(shop, places.get(i), tokens.get(i));
      }
    }
    for (String problem : Contracts.of(shop).file("a.overlay.yaml", laid).problems()) {
      assertThat(problem).matches("(?s)(shop|a\\.overlay)\\.yaml:\\d+:\\d+: .+");
    }
  }

  /// One word, the word with its punctuation, or a stretch, replaced by the token.
  private static String mangled(String text, int place, String token) {
    String[] words = text.split("(?<=[\\s{}\\[\\],:])|(?=[\\s{}\\[\\],:])");
    int at = place % words.length;
    for (int i = 0; words[at].isBlank() && i < words.length; i++) {
      at = (at + 1) % words.length;
    }
    words[at] = token;
    return String.join("", words);
  }
}
