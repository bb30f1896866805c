package dev.gatewarden.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is laid over a contract that one may not edit.
class OverlayTest {
  private static final String SHOP =
      """
      openapi: 3.1.0
      info: {title: Shop, version: 1}
      security: []
      tags: [{name: a}]
      paths:
        /orders/{id}:
          parameters: [{name: id, in: path, required: true, schema: {type: string}}]
          get:
            operationId: getOrder
            x-internal: true
            responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}
          delete: {responses: {'204': {description: x}}}
      components:
        schemas:
          Order: {type: object, properties: {id: {type: string}, by: {type: string}}}
      """;

  private static final String SHORT =
      """
      objects:
        order: {id: {at: /id}, owner: {at: /by}, read-by: getOrder}
      operations:
        getOrder: {type: order, id: path.id}
        delete /orders/{id}: {type: order, id: path.id}
      """;

  private static Contracts with(String... overlays) {
    Contracts contracts = Contracts.of(SHOP);
    for (int i = 0; i < overlays.length; i++) {
      contracts.file(i + ".overlay.yaml", overlays[i]);
    }
    return contracts;
  }

  private static String actions(String actions) {
    return "overlay: 1.0.0\ninfo: {title: Ours, version: 1}\nactions:\n" + actions;
  }

  @Test
  void binds_operations_without_touching_the_contract() {
    assertThat(Contracts.of(SHOP).problems()).hasSize(2);

    Contract contract = with(SHORT).read();

    assertThat(contract.types()).containsOnlyKeys("order");
    assertThat(contract.operations())
        .allSatisfy(each -> assertThat(each.objects().list()).hasSize(1));
  }

  @Test
  void names_what_an_overlay_gets_wrong_in_its_own_lines() {
    assertThat(
            with("""
            objects:
              order: {id: {at: /id}, owner: {at: /by}, read-by: getOrder}
            operations:
              getOder: {type: order, id: path.id}
              getOrder: {type: order, id: path.ids}
              delete /orders/{id}: {none: it is a fake}
            types: {}
            """)
                .problems())
        .containsExactly(
            "0.overlay.yaml:4:3: there is no operation `getOder`; did you mean `getOrder`?",
            "0.overlay.yaml:5:31: `path.ids` selects nothing: `getOrder` has no such path"
                + " parameter; did you mean `id`?",
            "0.overlay.yaml:7:1: `types` is not known here; known are objects, classes, operations,"
                + " permissions, tenant");
  }

  @Test
  void applies_actions_in_order() {
    Contract contract =
        with(
                SHORT,
                actions(
                    """
                    - target: $.info
                      update: {title: Our shop}
                    - target: $.paths['/orders/{id}'].get
                      update:
                        security: [{key: []}]
                        parameters: [{name: q, in: query, schema: {$ref: '#/components/schemas/Order'}}]
                    - target: $.components
                      update: {securitySchemes: {key: {type: apiKey, in: header, name: K}}}
                    - target: $.tags
                      update: {name: b}
                    - target: $.paths.*[?@.operationId == 'getOrder'].x-internal
                      remove: true
                    """))
            .read();

    assertThat(contract.title()).isEqualTo("Our shop");
    Operation get = contract.operation("getOrder");
    assertThat(get.parameters()).extracting(Parameter::name).containsExactly("id", "q");
    assertThat(get.security().alternatives()).hasSize(1);
    assertThat(get.source().get("x-internal")).isNull();
    assertThat(Nodes.items(contract.source().get("tags"))).hasSize(2);
  }

  @Test
  void reports_actions_that_do_nothing() {
    assertThat(
            with(
                    SHORT,
                    actions(
                        """
                        - target: $.paths['/order'].get
                          update: {security: []}
                        - target: $.paths[
                          update: {}
                        - target: $.info
                        - update: {}
                        - target: $.info.title
                          update: {a: b}
                        - target: $
                          remove: true
                        - {target: $.info, updat: {}}
                        - 7
                        """))
                .problems())
        .containsExactly(
            "1.overlay.yaml:4:11: `$.paths['/order'].get` matches nothing in the contract; what it"
                + " should add would silently be missing",
            "1.overlay.yaml:6:11: `$.paths[` is no path we read: a name in quotes, a position, `*`"
                + " or `?` should stand at character 9",
            "1.overlay.yaml:8:3: the action says neither `update` nor `remove: true`",
            "1.overlay.yaml:9:3: the action has no `target`; write `target:"
                + " $.paths['/orders'].get`",
            "1.overlay.yaml:11:11: `update` is a map and its target is a text; target the map"
                + " around it",
            "1.overlay.yaml:12:11: the overlay removes the whole contract",
            "1.overlay.yaml:14:3: the action says neither `update` nor `remove: true`",
            "1.overlay.yaml:14:20: `updat` is not known here; did you mean `update`?",
            "1.overlay.yaml:15:3: an action should be a map, not a number");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\u0000',
      value = {
        "$~1",
        "$.paths~1",
        "$.paths.*~1",
        "$.paths.*.*~3",
        "$.paths['/orders/{id}']['get','delete']~2",
        "$..operationId~1",
        "$..parameters[0]~1",
        "$..parameters[-1].name~1",
        "$.tags[*]~1",
        "$.paths.*[?@.operationId]~1",
        "$.paths.*[?!@.operationId]~2",
        "$.paths.*[?(@.operationId == 'getOrder' && @['x-internal'] == true)]~1",
        "$.paths.*[?@.operationId == 'no' || @.operationId != 'getOrder']~2",
        "$.nothing~0",
        "$.tags[1]~0",
        "$.tags.name~0",
      })
  void selects_with_paths(String path, int count) {
    Notes notes = new Notes();
    Contract contract = Contracts.of(SHOP).excused().read();
    JsonPath read =
        JsonPathReader.read(
            new dev.gatewarden.core.document.Node.Text(contract.source().place(), path), notes);

    assertThat(notes.problems()).isEmpty();
    assertThat(read.select(contract.source())).hasSize(count);
  }
}
