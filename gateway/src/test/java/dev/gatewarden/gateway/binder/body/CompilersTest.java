package dev.gatewarden.gateway.binder.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.contract.Dialect;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Documents;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.schema.Direction;
import dev.gatewarden.core.schema.Labels;
import dev.gatewarden.core.schema.Options;
import dev.gatewarden.core.schema.SchemaCompiler;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompilersTest {
  private static final String CONTRACT =
      """
      {"plain":{"properties":{"next":{"$ref":"#/plain"},"name":{"type":"string"}}},
       "other":{"items":{"$ref":"#/plain"}},
       "deep":{"allOf":[{"$ref":"#/plain"},{"properties":{"x":{"items":{"$ref":"#/marked"}}}}]},
       "marked":{"properties":{"role":{"type":"string","x-gatewarden-write":["role:admin"]}}},
       "kinds":{"discriminator":{"propertyName":"k"}}}
      """;

  private final Place.Origin origin = new Place.Origin(URI.create("file:/c.json"), "c.json");
  private final Documents documents =
      new Documents(
          _ -> CONTRACT.getBytes(StandardCharsets.UTF_8), Bounds.DEFAULT, origin, Set.of());
  private final Compilers compilers = new Compilers();

  private SchemaCompiler of(String name, Direction direction, Labels labels) {
    Node schema = ((Node.Obj) documents.root()).get(name);
    SchemaSource source = new SchemaSource(schema, documents, Dialect.OPENAPI_3_1);
    Options options =
        Options.of(dev.gatewarden.core.schema.Dialect.OPENAPI_3_1)
            .references(documents)
            .direction(direction);
    return compilers.of(source, options, labels);
  }

  private SchemaCompiler request(String name) {
    return of(
        name,
        Direction.REQUEST,
        new Annotations(Direction.REQUEST, Map.of(), new Meanings(), new ArrayList<>()));
  }

  @Test
  void compiles_together_what_is_read_alike() {
    assertThat(request("plain")).isSameAs(request("other")).isSameAs(request("plain"));
    assertThat(request("plain")).isNotSameAs(of("plain", Direction.RESPONSE, Labels.NONE));
  }

  @Test
  void never_shares_where_a_property_is_annotated() {
    assertThat(request("plain")).isNotSameAs(request("marked"));
    assertThat(request("marked")).isNotSameAs(request("marked"));
    assertThat(request("deep")).isNotSameAs(request("deep")).isNotSameAs(request("plain"));
  }

  @Test
  void never_shares_where_it_cannot_tell_what_a_schema_leads_to() {
    assertThat(request("kinds")).isNotSameAs(request("kinds"));
  }

  @Test
  void shares_what_only_the_other_direction_annotates() {
    Annotations read =
        new Annotations(Direction.RESPONSE, Map.of(), new Meanings(), new ArrayList<>());
    assertThat(of("marked", Direction.RESPONSE, read))
        .isSameAs(of("plain", Direction.RESPONSE, read));
  }
}
