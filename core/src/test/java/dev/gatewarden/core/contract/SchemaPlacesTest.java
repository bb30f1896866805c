package dev.gatewarden.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Where a member may stand in a body, as far as its schema says.
class SchemaPlacesTest {
  private static List<String> places(String schema, String member) {
    Contract contract =
        Contracts.of(
                """
                openapi: 3.1.0
                info: {title: Places, version: 1}
                security: []
                components:
                  schemas:
                    Person: {type: object, properties: {boss: {$ref: '#/components/schemas/Person'}, team: {type: string}}}
                paths:
                  /things:
                    post:
                      operationId: post
                      requestBody: {content: {application/json: {schema: %s}}}
                      responses: {'204': {description: x}}
                """
                    .formatted(schema))
            .read();
    RequestBody body = java.util.Objects.requireNonNull(contract.operations().getFirst().body());
    SchemaSource source =
        java.util.Objects.requireNonNull(body.content().types().get("application/json").schema());
    return SchemaPlaces.of(source, pointer(member)).stream().map(Object::toString).toList();
  }

  private static PointerPattern pointer(String text) {
    return java.util.Objects.requireNonNull(PointerPattern.parse(text));
  }

  @Test
  void finds_a_member_wherever_it_is_declared() {
    assertThat(places("{properties: {a: {type: string}}}", "/a")).containsExactly("/a");
    assertThat(places("{properties: {data: {properties: {a: {}}}}}", "/a"))
        .containsExactly("/data/a");
    assertThat(places("{type: array, items: {properties: {a: {}}}}", "/a")).containsExactly("/*/a");
    assertThat(places("{properties: {x: {properties: {b: {properties: {a: {}}}}}}}", "/b/a"))
        .containsExactly("/x/b/a");
    assertThat(places("{properties: {l: {type: array, items: {type: string}}}}", "/l/*"))
        .containsExactly("/l/*");
  }

  @Test
  void looks_into_every_branch() {
    assertThat(
            places(
                "{oneOf: [{properties: {a: {}}}, {properties: {w: {allOf: [{properties: {a:"
                    + " {}}}]}}}]}",
                "/a"))
        .containsExactly("/a", "/w/a");
    assertThat(places("{properties: {b: {}}}", "/a")).isEmpty();
  }

  @Test
  void ends_where_a_schema_holds_itself() {
    assertThat(places("{$ref: '#/components/schemas/Person'}", "/team"))
        .contains("/team", "/boss/team")
        .hasSizeLessThan(10);
  }
}
