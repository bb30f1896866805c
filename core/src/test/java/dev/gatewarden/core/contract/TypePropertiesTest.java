package dev.gatewarden.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.document.Node;
import org.junit.jupiter.api.Test;

/// What types say of their properties, for contracts whose schemas one may not edit.
class TypePropertiesTest {
  private static final String API =
      """
      openapi: 3.0.3
      info: {title: Shop, version: 1}
      security: []
      paths:
        /orders:
          get:
            operationId: listOrders
            x-gatewarden-object: {type: order, does: list, items: response.body#/data}
            responses:
              '200':
                description: all
                content:
                  application/json:
                    schema:
                      type: object
                      properties: {data: {type: array, items: {$ref: '#/components/schemas/Order'}}}
          post:
            operationId: createOrder
            x-gatewarden-object: {type: order, does: create, id: response.body#/id}
            requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/NewOrder'}}}}
            responses:
              '201':
                description: new
                content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}
      components:
        x-gatewarden-objects:
          order:
            id: {at: /id}
            owner: {at: /customerId}
            %s
        schemas:
          Order:
            type: object
            properties:
              id: {type: string}
              customerId: {type: string}
              internalNote: {$ref: '#/components/schemas/Text'}
              lines: {type: array, items: {$ref: '#/components/schemas/Line'}}
              prices: {type: object, additionalProperties: {type: number}}
              way: {oneOf: [{$ref: '#/components/schemas/Card'}, {type: object, properties: {iban: {type: string}}}]}
          NewOrder: {type: object, properties: {internalNote: {type: string}, customerId: {type: string}}}
          Line: {type: object, properties: {sku: {type: string}, cost: {type: number}}}
          Card: {type: object, properties: {number: {type: string}}}
          Text: {type: string}
          OrderSummary: {type: object, properties: {id: {type: string}, internalNote: {type: string}}}
      """;

  private static Contracts api(String properties) {
    return Contracts.of(API.formatted(properties));
  }

  private static String schema(Contract contract, String name) {
    Node.Obj schemas = (Node.Obj) ((Node.Obj) contract.source().get("components")).get("schemas");
    return shown(schemas.get(name));
  }

  private static String shown(Node node) {
    return switch (node) {
      case Node.Obj object -> {
        StringBuilder text = new StringBuilder("{");
        object
            .entries()
            .forEach(
                each ->
                    text.append(text.length() > 1 ? "," : "")
                        .append(each.name())
                        .append(":")
                        .append(shown(each.value())));
        yield text.append("}").toString();
      }
      case Node.Arr list ->
          list.items().stream().map(TypePropertiesTest::shown).toList().toString();
      case Node.Text text -> text.value();
      case Node.Num number -> number.literal();
      case Node.Bool bool -> Boolean.toString(bool.value());
      case Node.Null _ -> "null";
    };
  }

  @Test
  void stand_in_the_schemas_of_the_type_as_if_they_had_been_written_there() {
    Contract contract =
        api("properties: {/internalNote: {read: ['role:support'], write: []}}").read();

    String words =
        "{properties:{internalNote:{x-gatewarden-read:[role:support],x-gatewarden-write:[]}}}";
    assertThat(schema(contract, "Order")).endsWith("allOf:[" + words + "]}");
    assertThat(schema(contract, "NewOrder")).endsWith("allOf:[" + words + "]}");
    assertThat(schema(contract, "Text")).isEqualTo("{type:string}");
    assertThat(schema(contract, "OrderSummary")).doesNotContain("x-gatewarden");
  }

  @Test
  void lead_through_references_into_this_type_alone() {
    Contract contract =
        api("properties: {/lines/*/cost: {read: ['role:finance'], mask: last-four}}").read();

    assertThat(schema(contract, "Order"))
        .endsWith(
            "allOf:[{properties:{lines:{items:{properties:{cost:"
                + "{x-gatewarden-read:[role:finance],x-gatewarden-mask:last-four}}}}}}]}");
    assertThat(schema(contract, "Line")).doesNotContain("x-gatewarden");
    assertThat(schema(contract, "NewOrder")).doesNotContain("x-gatewarden");
  }

  @Test
  void stand_in_maps_and_in_what_one_of_several_schemas_has() {
    assertThat(schema(api("properties: {/prices/*: {read: []}}").read(), "Order"))
        .endsWith("allOf:[{properties:{prices:{additionalProperties:{x-gatewarden-read:[]}}}}]}");
    assertThat(schema(api("properties: {/way/number: {read: []}}").read(), "Order"))
        .endsWith("allOf:[{properties:{way:{properties:{number:{x-gatewarden-read:[]}}}}}]}");
    assertThat(schema(api("properties: {/way/*: {read: []}}").read(), "Order"))
        .endsWith(
            "allOf:[{properties:{way:{properties:{iban:{x-gatewarden-read:[]},"
                + "number:{x-gatewarden-read:[]}}}}}]}");
  }

  @Test
  void hold_for_the_schemas_that_the_type_names_besides() {
    assertThat(
            schema(
                api("schemas: [OrderSummary]\n      properties: {/internalNote: {read: []}}")
                    .read(),
                "OrderSummary"))
        .contains("x-gatewarden-read");
  }

  @Test
  void are_said_in_the_short_file_too() {
    Contract contract =
        api("")
            .file(
                "a.overlay.yaml",
                """
                objects:
                  order:
                    id: {at: /id}
                    owner: {at: /customerId}
                    properties: {/internalNote: {read: []}}
                classes: {personal: {read: [owner], write: [], mask: {'role:clerk': last-four, else: fixed}}}
                """)
            .read();

    assertThat(schema(contract, "Order")).contains("x-gatewarden-read:[]");
    assertThat(contract.classes().get("personal").mask())
        .isEqualTo(
            new Masking(
                java.util.List.of(new Masking.Share(new Grant.Role("clerk"), Mask.LAST_FOUR)),
                Mask.FIXED));
  }

  @Test
  void are_refused_where_no_schema_can_contain_them() {
    assertThat(api("properties: {/internalNot: {read: []}}").problems())
        .containsExactly(
            "shop.yaml:30:20: `/internalNot` selects nothing: no schema of a `order` has"
                + " `internalNot` there; did you mean `internalNote`?");
    assertThat(api("properties: {/lines/cost: {read: []}}").problems().getFirst())
        .contains("no schema of a `order` has `cost` there");
  }

  @Test
  void say_only_what_has_an_effect() {
    assertThat(
            api("properties: {/internalNote: {mask: last-four}, /customerId: {reed: []}, /id:"
                    + " {mask: nul, read: [ownr]}, /prices: [], '': {read: []}, /way: {}, id:"
                    + " {read: []}}")
                .problems())
        .extracting(problem -> problem.substring(problem.indexOf(' ') + 1))
        .containsExactlyInAnyOrder(
            "`mask` has no effect without `read`: who sees the value itself?",
            "`reed` is not known here; did you mean `read`?",
            "`mask` should be one of last-four, hash, fixed, null, remove, refuse, not `nul`; did"
                + " you mean `null`?",
            "`ownr` names nobody; did you mean `owner`?",
            "what holds for `/prices` should be a map, not a list; write for example `{read:"
                + " [owner, 'role:support'], write: []}`",
            "a property is not the whole object; say it in `access`",
            "nothing is said of the property",
            "`id` is no JSON pointer; did you mean `/id`?");
  }

  @Test
  void name_no_class_that_nobody_stated() {
    assertThat(
            api("properties: {/internalNote: {class: persnal}}\n"
                    + "  x-gatewarden-classes: {personal: {read: []}}")
                .problems())
        .containsExactly(
            "shop.yaml:30:43: there is no data class `persnal`; did you mean `personal`?");
  }
}
