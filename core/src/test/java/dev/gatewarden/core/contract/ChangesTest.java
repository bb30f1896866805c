package dev.gatewarden.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.change.Change;
import dev.gatewarden.core.change.Comparison;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One change to a contract, and what it is called.
class ChangesTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);

  private static final String SHOP =
      """
      openapi: 3.1.0
      info: {title: Shop, version: 1.2.0}
      servers: [{url: 'https://api.example.com/v1'}]
      security: [{bearer: []}]
      x-gatewarden-owner: team-shop
      x-gatewarden-tenant: {from: host.label(0), is: principal.tenant}
      paths:
        /orders:
          get:
            operationId: listOrders
            x-gatewarden-object: {type: order, does: list, items: response.body#/data, foreign: filter, count: {at: /total, then: withhold}}
            x-gatewarden-limits: {rate: 100/1m, page: 50}
            security: [{bearer: [read, list]}, {key: []}]
            parameters:
              - {name: page, in: query, schema: {type: integer, maximum: 100, default: 1}}
              - {name: tags, in: query, required: true, schema: {type: array, items: {type: string}}}
            responses:
              '200': {description: x, content: {application/json: {schema: {type: object, properties: {data: {type: array, maxItems: 50, items: {$ref: '#/components/schemas/Order'}}, total: {type: integer}}}}}}
              '404': {description: x}
          post:
            operationId: createOrder
            x-gatewarden-object: {type: order, does: create, id: response.body#/id, learn: owner}
            requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}, text/csv: {schema: {type: string}}}}
            responses:
              '201': {description: x, headers: {ETag: {required: true, schema: {type: string}}}, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
        /orders/{orderId}:
          parameters: [{name: orderId, in: path, required: true, schema: {type: string}}]
          get:
            operationId: getOrder
            x-gatewarden-object: {type: order, id: path.orderId}
            responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}
          delete:
            operationId: cancelOrder
            x-gatewarden-object: {type: order, id: path.orderId}
            responses: {'204': {description: x}}
        /login:
          post:
            operationId: login
            security: []
            x-gatewarden-login: true
            x-gatewarden-object: {none: nobody is known yet}
            requestBody: {content: {application/json: {schema: {type: object, required: [name], properties: {name: {type: string, minLength: 1}}}}}}
            responses: {'204': {description: x}}
      webhooks:
        shipped: {post: {requestBody: {content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}, responses: {'204': {description: x}}}}
      components:
        x-gatewarden-objects:
          order:
            id: {at: /id}
            owner: {at: /by, is: principal.subject}
            access: {read: [owner, 'role:support'], write: [owner]}
            known-by: [relation, response]
            read-by: getOrder
        securitySchemes:
          bearer: {type: oauth2, flows: {authorizationCode: {authorizationUrl: 'https://id/a', tokenUrl: 'https://id/t', scopes: {read: r, list: l}}}}
          key: {type: apiKey, in: header, name: X-Key}
        schemas:
          Order:
            type: object
            required: [id, state]
            properties:
              id: {type: string, readOnly: true, format: uuid}
              by: {type: string, x-gatewarden-class: personal}
              state: {type: string, enum: [open, paid]}
              note: {type: [string, 'null'], maxLength: 100, pattern: '^[a-z]*$'}
              pin: {type: string, writeOnly: true}
              margin: {type: number, x-gatewarden-read: ['role:support'], x-gatewarden-write: ['role:support']}
              pay: {oneOf: [{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Cash'}]}
              parent: {$ref: '#/components/schemas/Order'}
              extra: {type: object, additionalProperties: false, properties: {a: {type: string}}}
          Card: {type: object, properties: {kind: {const: card}}}
          Cash: {type: object, properties: {kind: {const: cash}}}
      """;

  private static List<Change> between(String old, String now) {
    return Comparison.between(
        Contracts.of(old).excused().read(), Contracts.of(now).excused().read(), TODAY);
  }

  private static List<String> words(List<Change> changes) {
    return changes.stream().map(each -> each.kind().word()).toList();
  }

  @Test
  void tells_what_a_type_says_of_its_properties() {
    String ruled =
        SHOP.replace(
            "read-by: getOrder",
            "read-by: getOrder\n      properties: {/note: {read: ['role:support'], write: []}}");

    assertThat(words(between(SHOP, ruled)))
        .containsExactlyInAnyOrder("read-narrowed", "write-narrowed");
    assertThat(words(between(ruled, SHOP)))
        .containsExactlyInAnyOrder("read-widened", "write-widened");
  }

  @Test
  void tells_what_becomes_of_a_data_class() {
    String classes = "  x-gatewarden-classes: {personal: {read: [%s], mask: %s}}\n";
    String old = SHOP + classes.formatted("owner", "{'role:support': last-four, else: fixed}");

    assertThat(words(between(old, SHOP))).containsExactly("read-widened");
    assertThat(words(between(SHOP, old))).containsExactly("read-narrowed");
    assertThat(
            words(
                between(
                    old,
                    SHOP
                        + classes.formatted(
                            "owner, 'role:x'", "{'role:support': last-four, else: fixed}"))))
        .containsExactly("read-widened");
    assertThat(words(between(old, SHOP + classes.formatted("owner", "last-four"))))
        .containsExactly("class-lowered");
    assertThat(words(between(old, SHOP + classes.formatted("owner", "remove"))))
        .containsExactly("class-changed");
  }

  @Test
  void finds_nothing_between_a_contract_and_itself() {
    assertThat(between(SHOP, SHOP)).isEmpty();
    assertThat(between(SHOP, SHOP.replace("description: x", "description: y"))).isEmpty();
    assertThat(between(SHOP, "# moved\n\n" + SHOP)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\u0000',
      value = {
        // callers
        "security: [{bearer: []}]~security: []~security-removed",
        "[{bearer: [read, list]}, {key: []}]~[{bearer: [read, list]}, {key: []},"
            + " {}]~anonymous-admitted",
        "[{bearer: [read, list]}, {key: []}]~[{bearer: [read]}, {key: []}]~scope-dropped",
        "[{bearer: [read, list]}, {key: []}]~[{bearer: [read, list], key:"
            + " []}]~security-alternative-removed security-alternative-removed",
        "[{bearer: [read, list]}, {key: []}]~[{bearer: [read, list]}]~security-alternative-removed",
        "[{bearer: [read, list]}, {key: []}]~[{key: []}, {bearer: [list, read]}]~",
        "security: []~security: [{key: []}]~security-added",
        "in: header, name: X-Key~in: query, name: key~scheme-changed",
        "authorizationCode: {authorizationUrl: 'https://id/a', ~password: {~scheme-flow-removed"
            + " scheme-flow-added",
        "tokenUrl: 'https://id/t'~tokenUrl: 'https://other/t'~scheme-authority-changed",
        "scopes: {read: r, list: l}~scopes: {read: r, list: l, more: m}~scheme-scope-added",
        // servers
        "https://api.example.com/v1~http://api.example.com/v1~server-removed server-plain-http",
        "https://api.example.com/v1~https://api.example.com/v1/~",
        // operations
        "          delete:~          put:~operation-removed operation-added",
        "operationId: cancelOrder~operationId: dropOrder~operation-renamed",
        // parameters
        "{name: page, in: query, schema: {type: integer, maximum: 100, default: 1}}~{name: pages,"
            + " in: query, schema: {type: integer}}~parameter-removed parameter-added",
        "in: query, required: true~in: query~parameter-optional",
        "{name: page, in: query, ~{name: page, in: query, required: true, ~parameter-required",
        "{name: tags, in: query, required: true, schema~{name: tags, in: query, required: true,"
            + " explode: false, schema~parameter-style-changed",
        "maximum: 100~maximum: 1000~request-limit-raised",
        "maximum: 100~maximum: 10~request-limit-lowered",
        "maximum: 100~exclusiveMaximum: 100~request-limit-lowered",
        "maximum: 100, ~~request-limit-raised",
        "default: 1~default: 2~request-default-changed",
        // messages
        ", text/csv: {schema: {type: string}}~~request-media-type-removed",
        "requestBody: {required: true, content~requestBody: {content~request-body-optional",
        "'404': {description: x}~'403': {description: x}~response-error-removed"
            + " response-status-added",
        "'201': {description: x, headers~'200': {description: x, headers~response-status-removed"
            + " response-status-added",
        "headers: {ETag: {required: true, ~headers: {ETag: {~response-header-optional",
        "headers: {ETag: ~headers: {E-Tag: ~response-header-removed response-header-added",
        // schemas, both ways
        "maxItems: 50~maxItems: 100~response-limit-raised",
        "maxLength: 100~maxLength: 200~response-limit-raised request-limit-raised",
        "minLength: 1~minLength: 2~request-minimum-raised",
        "enum: [open, paid]~enum: [open, paid, sent]~response-enum-widened request-enum-widened",
        "enum: [open, paid]~enum: [open]~request-enum-narrowed response-enum-narrowed",
        "type: string, enum: [open, paid]~type: string~response-enum-widened request-enum-widened",
        "type: [string, 'null']~type: string~request-type-narrowed response-type-narrowed",
        "type: [string, 'null'], maxLength: 100, pattern: '^[a-z]*$'~anyOf: [{type: string,"
            + " maxLength: 100, pattern: '^[a-z]*$'}, {type: 'null'}]~",
        "margin: {type: number~margin: {type: integer~request-type-narrowed response-type-narrowed",
        "state: {type: string, enum: [open, paid]}~state: {type: integer}~request-type-narrowed"
            + " response-type-widened",
        "pattern: '^[a-z]*$'~pattern: '^[a-z0-9]*$'~request-rule-changed response-rule-changed",
        ", pattern: '^[a-z]*$'~~response-rule-loosened request-rule-loosened",
        "format: uuid~format: date~response-rule-changed",
        "type: string, writeOnly: true~type: string, writeOnly: true, format: password~",
        "{type: object, required: [name], properties: {name: {type: string, minLength: 1}}}~{type:"
            + " object, properties: {name: {type: string, minLength:"
            + " 1}}}~request-property-optional",
        "required: [id, state]~required: [id, state, note]~request-property-required"
            + " response-property-required",
        "required: [id, state]~required: [state]~response-property-optional",
        "note: {type~notes: {type~request-property-removed response-property-removed"
            + " response-bound-property-added request-property-added",
        "id: {type: string, readOnly: true, ~id: {type: string, ~request-property-writable",
        "pin: {type: string, writeOnly: true}~pin: {type: string}~response-property-readable",
        "a: {type: string}}}~a: {type: string}, b: {type: string, x-gatewarden-class:"
            + " financial}}}~response-classified-property-added request-property-added",
        "additionalProperties: false~additionalProperties: true~request-object-opened"
            + " response-object-opened",
        "additionalProperties: false, ~~request-object-opened response-object-opened",
        "extra: {type: object, additionalProperties: false~extra: {type: object, deprecated: true,"
            + " additionalProperties: false~property-deprecated",
        "{$ref: '#/components/schemas/Card'}, ~~request-alternative-removed"
            + " response-alternative-removed",
        "{$ref: '#/components/schemas/Cash'}]~{$ref: '#/components/schemas/Cash'}, {title: Coin,"
            + " type: object}]~response-alternative-added request-alternative-added",
        "oneOf: [{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Cash'}]~oneOf:"
            + " [{$ref: '#/components/schemas/Cash'}, {$ref: '#/components/schemas/Card'}]~",
        "items: {$ref: '#/components/schemas/Order'}~items: {oneOf: [{$ref:"
            + " '#/components/schemas/Order'}, {$ref:"
            + " '#/components/schemas/Cash'}]}~response-alternative-added",
        "items: {$ref: '#/components/schemas/Order'}~items: {allOf: [{$ref:"
            + " '#/components/schemas/Order'}]}~",
        "properties: {id: {type: string}}}}}}, responses: {'204'~properties: {id: {type: string},"
            + " secret: {type: string}}}}}}, responses: {'204'~response-property-added",
        // our own words
        "x-gatewarden-class: personal~x-gatewarden-class: public~class-lowered",
        ", x-gatewarden-class: personal~~class-lowered",
        "x-gatewarden-class: personal~x-gatewarden-class: credential~class-changed",
        "x-gatewarden-read: ['role:support']~x-gatewarden-read: ['role:support',"
            + " owner]~read-widened",
        ", x-gatewarden-write: ['role:support']~~write-widened",
        "x-gatewarden-write: ['role:support']~x-gatewarden-write: {by: ['role:support', owner],"
            + " else: strip}~write-widened",
        "x-gatewarden-read: ['role:support']~x-gatewarden-read: ['role:support'],"
            + " x-gatewarden-mask: last-four~class-lowered",
        "note: {type: [string, 'null'], ~note: {type: [string, 'null'], x-gatewarden-read: [owner],"
            + " ~read-narrowed",
        "access: {read: [owner, 'role:support'], write: [owner]}~access: {read: [anyone], write:"
            + " [owner]}~object-access-widened",
        "access: {read: [owner, 'role:support'], write: [owner]}~access: {read: [owner], write:"
            + " [owner]}~object-access-narrowed",
        "owner: {at: /by, is: principal.subject}~owner: {at: /by, is:"
            + " principal.client}~object-type-changed",
        "then: withhold~then: keep~object-binding-weakened",
        "{type: order, does: list, items~{type: order, does: list, access: [anyone],"
            + " items~object-access-widened",
        "{from: host.label(0), is: principal.tenant}~{from: host.label(1), is:"
            + " principal.tenant}~tenant-rule-changed",
        "rate: 100/1m~rate: 100/1s~limits-raised",
        "rate: 100/1m~rate: 1/1m~limits-lowered",
        ", page: 50~~limits-raised",
        "page: 50~page: all~limits-changed",
        "x-gatewarden-owner: team-shop~x-gatewarden-mode: observe~mode-weakened owner-removed",
        "x-gatewarden-owner: team-shop~x-gatewarden-owner: team-bank~owner-changed",
        "x-gatewarden-login: true~x-internal: true~login-removed",
      })
  void calls_a_change_by_its_name(String from, String to, String kinds) {
    assertThat(SHOP).contains(from);
    String now = SHOP.replace(from, to == null ? "" : to);
    List<String> expected =
        kinds == null || kinds.isBlank() ? List.of() : List.of(kinds.split(" "));
    assertThat(words(between(SHOP, now))).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void goes_by_the_shape_of_a_path_and_not_by_its_names() {
    assertThat(words(between(SHOP, SHOP.replace("orderId", "id"))))
        .containsExactly(
            "object-binding-changed",
            "object-binding-changed",
            "path-parameter-renamed",
            "path-parameter-renamed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{acr: [mfa, phr], max-age: 5m}~none~step-up-weakened",
        "none~{max-age: 1h}~step-up-raised",
        "{max-age: 5m}~{max-age: 1h}~step-up-weakened",
        "{max-age: 5m}~{max-age: 1m}~step-up-raised",
        "{acr: [mfa, phr]}~{acr: [mfa]}~step-up-raised",
        "{acr: [mfa]}~{acr: [mfa, pwd]}~step-up-weakened",
        "{acr: [mfa]}~{acr: [pwd]}~step-up-weakened step-up-raised",
        "{acr: [mfa], max-age: 5m}~{acr: [mfa]}~step-up-weakened",
        "{acr: [mfa, phr]}~{acr: [phr, mfa]}~''",
      })
  void weighs_what_a_user_must_have_signed_in_with(String from, String to, String kinds) {
    String contract =
        """
        openapi: 3.1.0
        info: {title: a, version: 1}
        security: [{bearer: []}]
        x-gatewarden-step-up: %s
        paths: {/a: {post: {responses: {'204': {description: x}}}}}
        components: {securitySchemes: {bearer: {type: http, scheme: bearer}}}
        """;
    List<String> expected = kinds.isEmpty() ? List.of() : List.of(kinds.split(" "));
    assertThat(words(between(contract.formatted(from), contract.formatted(to))))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{roles: [support]}~none~permission-widened",
        "none~{roles: [support]}~permission-narrowed",
        "{roles: [support]}~{roles: [support, admin]}~permission-widened",
        "{roles: [support, admin]}~{roles: [admin]}~permission-narrowed",
        "{roles: [support]}~{roles: [admin]}~permission-widened permission-narrowed",
        "{roles: [support, admin]}~{roles: [admin, support]}~''",
      })
  void weighs_what_a_user_must_be(String from, String to, String kinds) {
    String contract =
        """
        openapi: 3.1.0
        info: {title: a, version: 1}
        security: [{bearer: []}]
        x-gatewarden-permission: %s
        paths: {/a: {post: {responses: {'204': {description: x}}}}}
        components: {securitySchemes: {bearer: {type: http, scheme: bearer}}}
        """;
    List<String> expected = kinds.isEmpty() ? List.of() : List.of(kinds.split(" "));
    assertThat(words(between(contract.formatted(from), contract.formatted(to))))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void misses_a_binding_that_is_no_longer_there() {
    String binding = "cancelOrder\n      x-gatewarden-object: {type: order, id: path.orderId}";
    String none = "cancelOrder\n      x-gatewarden-object: {none: nobody cares}";
    assertThat(SHOP).contains(binding);
    assertThat(words(between(SHOP, SHOP.replace(binding, none))))
        .containsExactly("object-binding-removed");
    assertThat(words(between(SHOP.replace(binding, none), SHOP)))
        .containsExactly("object-binding-added");
    assertThat(words(between(SHOP, SHOP.replace(binding, binding + "\n      deprecated: true"))))
        .containsExactly("operation-deprecated");
  }

  @Test
  void takes_a_renamed_scheme_for_what_it_proves() {
    assertThat(
            words(
                between(
                    SHOP,
                    SHOP.replace("{key: []}", "{token: []}")
                        .replace("key: {type", "token: {type"))))
        .isEmpty();
  }

  @Test
  void reads_a_contract_in_an_older_dialect_as_what_it_means() {
    String old =
        """
        openapi: 3.0.3
        info: {title: a, version: 1}
        security: []
        paths: {/a: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}, responses: {'204': {description: x}}}}}
        components: {schemas: {A: {type: string, nullable: true, maxLength: 3}, B: {type: integer, minimum: 0, exclusiveMinimum: true}}}
        """;
    String now =
        old.replace("3.0.3", "3.1.0")
            .replace("type: string, nullable: true", "type: [string, 'null']")
            .replace("minimum: 0, exclusiveMinimum: true", "exclusiveMinimum: 0");
    assertThat(between(old, now)).isEmpty();
  }

  @Test
  void tells_a_change_of_a_shared_schema_once_with_all_it_concerns() {
    List<Change> changes =
        between(SHOP, SHOP.replace("maxLength: 100", "maxLength: 100, minLength: 3"));
    assertThat(words(changes)).containsExactly("request-minimum-raised", "response-minimum-raised");
    assertThat(changes.get(0).operations()).containsExactly("createOrder");
    assertThat(changes.get(1).operations())
        .containsExactlyInAnyOrder("listOrders", "createOrder", "getOrder");
    assertThat(changes.get(1).sentence()).isEqualTo("`minLength` of `Order.note` is new: 3");
    assertThat(changes.get(1).before().pointer())
        .isEqualTo("/components/schemas/Order/properties/note");
    assertThat(changes.get(1).after().pointer())
        .isEqualTo("/components/schemas/Order/properties/note/minLength");
  }

  @Test
  void gives_a_change_the_same_id_wherever_its_lines_move() {
    String now = SHOP.replace("maximum: 100", "maximum: 1000");
    String moved = "# a comment\n" + now.replace("title: Shop", "title: Our shop");
    assertThat(between(SHOP, now).getFirst().id())
        .matches("request-limit-raised-[0-9a-f]{8}")
        .isEqualTo(between("\n" + SHOP, moved).getFirst().id());
  }

  @Test
  void counts_the_end_of_an_operation_as_announced_only_when_its_day_has_come() {
    String life = "operationId: cancelOrder\n      x-gatewarden-lifecycle: {sunset: %s}";
    String gone =
        SHOP.substring(0, SHOP.indexOf("    delete:")) + SHOP.substring(SHOP.indexOf("  /login:"));
    assertThat(
            words(
                between(
                    SHOP.replace("operationId: cancelOrder", life.formatted("2026-06-01")), gone)))
        .containsExactly("operation-retired");
    assertThat(
            words(
                between(
                    SHOP.replace("operationId: cancelOrder", life.formatted("2026-06-02")), gone)))
        .containsExactly("operation-removed");
  }
}
