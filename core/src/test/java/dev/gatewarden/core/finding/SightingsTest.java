package dev.gatewarden.core.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.contract.ContractFiles;
import dev.gatewarden.core.contract.ContractReader;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SightingsTest {
  private static final Place.Origin SHOP = new Place.Origin(URI.create("mem:/shop"), "shop.yaml");
  private static final String IBAN = "DE89370400440532013000";

  private final Audited contract = contract();
  private final Sightings seen = new Sightings();

  private static Audited contract() {
    byte[] text =
        """
        openapi: 3.1.0
        info: {title: Shop, version: '1'}
        paths: {}
        components:
          schemas:
            Tree:
              allOf: [{$ref: '#/components/schemas/Tree'}, {$ref: '#/components/schemas/Left'}]
              properties:
                left: {$ref: '#/components/schemas/Tree'}
            Left:
              properties:
                left: {$ref: '#/components/schemas/Tree'}
                to: {type: string}
              additionalProperties: {type: string}
            Rows:
              prefixItems: [{type: string}]
              items: {type: string}
        """
            .getBytes(StandardCharsets.UTF_8);
    ContractReader reader = new ContractReader(_ -> text, Bounds.DEFAULT);
    ContractReader.Draft draft = reader.draft(new ContractFiles("shop", SHOP), _ -> true);
    return new Audited(draft.contract(), draft.problems(), LocalDate.of(2026, 1, 1));
  }

  private Node.Obj at(String... names) {
    Node.Obj found = contract.source();
    for (String each : names) {
      found = (Node.Obj) Objects.requireNonNull(found.get(each));
    }
    return found;
  }

  private void see(String schema, String json) {
    Node value =
        new DocumentReader(Bounds.DEFAULT).read(SHOP, json.getBytes(StandardCharsets.UTF_8));
    seen.see(contract, at("components", "schemas", schema), value, "recorded.har");
  }

  @Test
  void finds_its_way_through_schemas_that_contain_themselves() {
    see("Tree", "{\"left\": ".repeat(30) + "{\"to\": \"" + IBAN + "\"}" + "}".repeat(30));

    Sightings.Sighting told = seen.of(at("components", "schemas", "Left", "properties", "to"));

    assertThat(told)
        .isEqualTo(new Sightings.Sighting(Sensitivity.FINANCIAL, "an IBAN", false, "recorded.har"));
  }

  @Test
  void looks_at_members_that_only_the_rest_describes_and_at_no_other_of_them() {
    see("Left", "{\"to\": \"x\", \"other\": \"ada@example.com\"}");

    assertThat(seen.of(at("components", "schemas", "Left", "additionalProperties"))).isNotNull();
    assertThat(seen.of(at("components", "schemas", "Left", "properties", "to"))).isNull();
  }

  @Test
  void is_surer_where_all_of_several_are_alike() {
    see("Rows", "[\"head\", \"ada@example.com\", \"grace@example.com\"]");
    Node.Obj items = at("components", "schemas", "Rows", "items");

    assertThat(Objects.requireNonNull(seen.of(items)).always()).isTrue();
    seen.see(contract, items, Json.of("nobody"), "more.har");
    assertThat(Objects.requireNonNull(seen.of(items)).always()).isFalse();
  }

  @Test
  void tells_the_worst_that_passed() {
    Node.Obj to = at("components", "schemas", "Left", "properties", "to");
    seen.see(contract, to, Json.of("ada@example.com"), "first.har");
    seen.see(contract, to, Json.of(IBAN), "second.har");

    assertThat(Objects.requireNonNull(seen.of(to)).kind()).isEqualTo("an IBAN");
    assertThat(Objects.requireNonNull(seen.of(to)).file()).isEqualTo("second.har");
  }
}
