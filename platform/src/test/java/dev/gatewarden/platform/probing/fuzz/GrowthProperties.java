package dev.gatewarden.platform.probing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.contract.Dialect;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.schema.Options;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GrowthProperties {

  private static SchemaSource source(String schema) {
    Node node =
        new DocumentReader(new Bounds(1 << 20, 64, 10_000))
            .read(
                new Origin(URI.create("made:schema"), "schema"),
                schema.getBytes(StandardCharsets.UTF_8));
    return new SchemaSource(node, Options.NOWHERE, Dialect.OPENAPI_3_1);
  }

  /// Schemas of every kind, some within others.
  @Provide
  Arbitrary<String> schemas() {
    return Arbitraries.lazyOf(this::leaves, this::leaves, this::nested);
  }

  private Arbitrary<String> leaves() {
    Arbitrary<Integer> low = Arbitraries.integers().between(-20, 20);
    Arbitrary<Integer> more = Arbitraries.integers().between(0, 30);
    Arbitrary<String> numbers =
        Combinators.combine(low, more, Arbitraries.of("integer", "number"), Arbitraries.of(1, 1, 3))
            .as(
                (least, plus, type, step) ->
                    "{\"type\":\"%s\",\"minimum\":%d,\"maximum\":%d,\"multipleOf\":%d}"
                        .formatted(type, least * step, (least + plus) * step, step));
    Arbitrary<String> texts =
        Combinators.combine(Arbitraries.integers().between(0, 9), more)
            .as(
                (least, plus) ->
                    "{\"type\":\"string\",\"minLength\":%d,\"maxLength\":%d}"
                        .formatted(least, least + plus));
    Arbitrary<String> patterns =
        Arbitraries.of("^[a-z]{2,5}$", "^(ab|cd)+$", "^[A-Z]\\\\d{3}-x?$", "^[^@]+@[a-z.]+$")
            .map(each -> "{\"type\":\"string\",\"pattern\":\"" + each + "\"}");
    Arbitrary<String> formats =
        Arbitraries.of(
                "date",
                "date-time",
                "uuid",
                "email",
                "uri",
                "ipv4",
                "ipv6",
                "byte",
                "hostname",
                "time",
                "duration")
            .map(each -> "{\"type\":\"string\",\"format\":\"" + each + "\"}");
    return Arbitraries.oneOf(
        numbers,
        texts,
        patterns,
        formats,
        Arbitraries.of(
            "{\"type\":\"boolean\"}", "{\"enum\":[1,\"a\",null]}", "{\"const\":{\"a\":[1]}}"));
  }

  private Arbitrary<String> nested() {
    Arbitrary<String> inner = schemas();
    Arbitrary<String> arrays =
        Combinators.combine(
                inner, Arbitraries.integers().between(0, 3), Arbitraries.of(true, false))
            .as(
                (items, least, most) ->
                    "{\"type\":\"array\",\"minItems\":%d%s,\"items\":%s}"
                        .formatted(least, most ? ",\"maxItems\":" + (least + 2) : "", items));
    Arbitrary<String> objects =
        Combinators.combine(inner, inner, Arbitraries.of(true, false))
            .as(
                (one, two, open) ->
                    "{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":%s,\"b\":%s}%s}"
                        .formatted(one, two, open ? "" : ",\"additionalProperties\":false"));
    Arbitrary<String> maps =
        inner.map(
            each ->
                "{\"type\":\"object\",\"minProperties\":1,\"propertyNames\":{\"pattern\":\"^k\"},"
                    + "\"additionalProperties\":"
                    + each
                    + "}");
    Arbitrary<String> choices =
        Combinators.combine(inner, inner, Arbitraries.of("oneOf", "anyOf"))
            .as((one, two, word) -> "{\"%s\":[%s,%s]}".formatted(word, one, two));
    return Arbitraries.oneOf(arrays, objects, maps, choices);
  }

  @Property(tries = 400)
  void grows_what_the_schema_takes(@ForAll("schemas") String schema, @ForAll long seed) {
    SchemaSource source = source(schema);
    Judge judge = new Judge(source);

    Node value = new Growth(judge, new Random(seed)).right(source.schema());

    if (value != null) {
      assertThat(judge.takes(source.schema(), value)).as(Json.text(value)).isTrue();
    } else {
      // two alternatives that take the same leave nothing that is exactly one of them
      assertThat(schema).containsAnyOf("oneOf", "uniqueItems");
    }
  }

  @Property(tries = 200)
  void grows_the_same_of_the_same_seed(@ForAll("schemas") String schema, @ForAll long seed) {
    SchemaSource source = source(schema);

    Node one = new Growth(new Judge(source), new Random(seed)).right(source.schema());
    Node other = new Growth(new Judge(source), new Random(seed)).right(source.schema());

    assertThat(one == null ? "" : Json.text(one)).isEqualTo(other == null ? "" : Json.text(other));
  }

  @Property(tries = 300)
  void what_is_called_wrong_is_wrong_at_one_place(
      @ForAll("schemas") String schema, @ForAll long seed) {
    SchemaSource source = source(schema);
    Judge judge = new Judge(source);
    Node base = new Growth(judge, new Random(seed)).right(source.schema());
    if (base == null) {
      return;
    }
    Root root = new Root(Root.Kind.JSON, null, judge, base, true);
    for (Site site : root.sites()) {
      for (Wrongs.Wrong each : Wrongs.of(site, new Random(seed))) {
        Node whole = Pointers.changed(base, site.path(), each.value());
        if (each.rule().is() == Rule.Is.WRONG && root.stands(each.rule(), whole, site.path())) {
          assertThat(whole == null || judge.refuses(source.schema(), whole)).isTrue();
        }
      }
    }
  }

  @Example
  void tries_each_thing_that_may_be_wrong() {
    SchemaSource source =
        source(
            """
            {"type":"object","additionalProperties":false,"required":["name","tags"],
             "properties":{
              "name":{"type":"string","minLength":2,"maxLength":9,"pattern":"^[a-z]+$"},
              "count":{"type":"integer","minimum":1,"maximum":9},
              "price":{"type":"number","multipleOf":0.25},
              "kind":{"enum":["a","b"]},
              "mail":{"type":"string","format":"email"},
              "tags":{"type":"array","minItems":1,"maxItems":3,"uniqueItems":true,
                      "items":{"type":"string","maxLength":5}},
              "labels":{"type":"object","propertyNames":{"pattern":"^[a-z]+$"},
                        "additionalProperties":{"type":"string"}}}}
            """);
    Judge judge = new Judge(source);
    Node base =
        Json.of(
            java.util.Map.of(
                "name", Json.of("ab"),
                "count", Json.of(3),
                "price", Json.number("0.5"),
                "kind", Json.of("a"),
                "mail", Json.of("a@example.com"),
                "tags", Json.of(List.of(Json.of("x"))),
                "labels", Json.of(java.util.Map.of("a", Json.of("b")))));
    Root root = new Root(Root.Kind.JSON, null, judge, base, true);
    Set<String> tried = new HashSet<>();
    for (Site site : root.sites()) {
      for (Wrongs.Wrong each : Wrongs.of(site, new Random(1))) {
        Node whole = Pointers.changed(base, site.path(), each.value());
        if (each.rule().is() == Rule.Is.WRONG && root.stands(each.rule(), whole, site.path())) {
          tried.add(Pointers.of(site.path()) + " " + each.rule());
        }
      }
    }
    assertThat(tried)
        .contains(
            " TYPE",
            " NULL",
            " UNDECLARED",
            "/name MISSING",
            "/name LONGER",
            "/name SHORTER",
            "/name PATTERN",
            "/name TYPE",
            "/count SMALLER",
            "/count GREATER",
            "/count FRACTION",
            "/count DIGITS",
            "/price STEP",
            "/kind CHOICE",
            "/mail FORMAT",
            "/tags FEWER",
            "/tags MORE",
            "/tags TWICE",
            "/tags/0 TYPE",
            "/tags/0 LONGER",
            "/labels NAME",
            "/labels/a TYPE")
        .doesNotContain("/price FRACTION", "/tags/0 MISSING", "/count MISSING");
  }

  @Example
  void says_which_alternative_a_member_names() {
    Node document =
        new DocumentReader(new Bounds(1 << 20, 64, 10_000))
            .read(
                new Origin(URI.create("made:pets"), "pets"),
                """
                {"oneOf":[{"$ref":"#/cat"},{"$ref":"#/dog"}],
                 "discriminator":{"propertyName":"kind","mapping":{"meow":"#/cat","woof":"#/dog"}}}
                """
                    .getBytes(StandardCharsets.UTF_8));
    Node cat =
        source(
                "{\"type\":\"object\",\"required\":[\"kind\",\"lives\"],\"properties\":{\"kind\":{\"type\":\"string\"},\"lives\":{\"type\":\"integer\"}}}")
            .schema();
    Node dog =
        source(
                "{\"type\":\"object\",\"required\":[\"kind\",\"bark\"],\"properties\":{\"kind\":{\"type\":\"string\"},\"bark\":{\"type\":\"string\"}}}")
            .schema();
    SchemaSource source =
        new SchemaSource(
            document,
            (reference, _) ->
                new dev.gatewarden.core.document.References.Resolution.Found(
                    reference.endsWith("cat") ? cat : dog),
            Dialect.OPENAPI_3_1);
    Judge judge = new Judge(source);
    Set<String> kinds = new HashSet<>();
    for (int seed = 0; seed < 20; seed++) {
      Node value = new Growth(judge, new Random(seed * 7_919_317L)).right(document);
      assertThat(value).isInstanceOf(Node.Obj.class);
      kinds.add(String.valueOf(Json.scalar(Json.at(value, List.of("kind")))));
    }
    assertThat(kinds).containsExactlyInAnyOrder("meow", "woof");
  }
}
