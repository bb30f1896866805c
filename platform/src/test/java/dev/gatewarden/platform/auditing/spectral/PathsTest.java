package dev.gatewarden.platform.auditing.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place.Origin;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {
  private static final String SHOP =
      """
      info: {title: Shop, x-team: blue}
      paths:
        /orders:
          get: {tags: [a, b, c], parameters: [{name: q, in: query}, {name: t, in: header}]}
          post: {tags: [], deprecated: true}
        /orders/{id}:
          get: {tags: [b], size: 12}
      """;

  static Node document(String yaml) {
    return new DocumentReader(Bounds.DEFAULT)
        .read(
            new Origin(URI.create("file:/shop.yaml"), "shop.yaml"),
            yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> found(String path, String yaml) {
    return new Evaluation(document(yaml), each -> each, new Budget())
        .matches(JsonPath.parse(path)).stream()
            .map(each -> String.join(" ", each.path()) + (each.named() ? " ~" : ""))
            .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      value = {
        "$¦",
        "$.info.title¦info title",
        "$.info['title','x-team']¦info title; info x-team",
        "$.info[title]¦info title",
        "$.info.x-team¦info x-team",
        "$.nothing.below¦none",
        "$.paths['/orders'].get.tags[0]¦paths /orders get tags 0",
        "$.paths[*].get.tags[-1:]¦paths /orders get tags 2; paths /orders/{id} get tags 0",
        "$.paths.*.get.tags[0:3:2]¦paths /orders get tags 0; paths /orders get tags 2;"
            + " paths /orders/{id} get tags 0",
        "$.paths[*]~¦paths /orders ~; paths /orders/{id} ~",
        "$.paths[*][get,post]~¦paths /orders get ~; paths /orders post ~; paths /orders/{id} get ~",
        "$..size¦paths /orders/{id} get size",
        "$..size^¦paths /orders/{id} get",
        "$..size^^~¦paths /orders/{id} ~",
        "$..tags[?(@ == 'b')]¦paths /orders get tags 1; paths /orders/{id} get tags 0",
        "$..[?(@.in === 'header')].name¦paths /orders get parameters 1 name",
        "$..parameters.[?(@.in !== 'header')].name¦paths /orders get parameters 0 name",
        "$.paths[?(@property.match(/{id}$/))]¦paths /orders/{id}",
        "$.paths[?(/ORDERS$/i.test(@property))]¦paths /orders",
        "$.paths[?(!@property.includes('{'))]¦paths /orders",
        "$.paths[*][?(@parentProperty.startsWith('/orders/'))]¦paths /orders/{id} get",
        "$.paths.*[?(@.tags.length > 1 && @property == 'get')]¦paths /orders get",
        "$.paths.*[?(@.tags.length < 2 || @.deprecated)]¦paths /orders post; paths /orders/{id}"
            + " get",
        "$.paths.*[?(@.size >= '12')]¦paths /orders/{id} get",
        "$.paths.*[?(@.size === '12')]¦none",
        "$.paths.*[?(@.deprecated == undefined && @.tags[0] != 'a')]¦paths /orders/{id} get",
        "$.paths.*[?(['put', 'post'].includes(@property))]¦paths /orders post",
        "$.paths.*.get[?(@path == \"$['paths']['/orders']['get']['tags']\")]¦paths /orders get"
            + " tags",
        "$.paths.*.get.tags[?(@property === 0 && @parent.length === 1)]¦paths /orders/{id} get tags"
            + " 0",
        "$.paths.*.get[?(@array())]¦paths /orders get tags; paths /orders get parameters;"
            + " paths /orders/{id} get tags",
        "$.paths.*.get[?(@root.info.title == 'Shop' && @number())]¦paths /orders/{id} get size",
        "$.info[?(@.toLowerCase() == 'shop')]¦info title",
        "$.info[?(@.match(/^b(?=l)/))]¦info x-team"
      })
  void a_path_means_these_places(String path, String expected) {
    String found = String.join("; ", found(path, SHOP));

    assertThat(found.isEmpty() && expected != null ? "none" : found)
        .isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "paths",
        "$paths",
        "$.",
        "$[",
        "$['a",
        "$[?(",
        "$[?(@.a]",
        "$[?(@.a ==)]",
        "$[(@.length-1)]",
        "$[?(process.exit())]",
        "$[?(@.a.constructor())]",
        "$[?(@other)]",
        "$[0:1:0]",
        "$[?(@.a + 1)]",
        "$[?(@.match(/[/))]",
        "$[]",
        "$.a b",
        "$[99999999999:]"
      })
  void what_is_not_understood_is_refused(String path) {
    assertThatThrownBy(() -> JsonPath.parse(path)).isInstanceOf(Malformed.class);
  }

  @Test
  void a_filter_nested_without_end_is_refused() {
    String deep = "$[?(" + "(".repeat(1_500) + "@" + ")".repeat(1_500) + ")]";
    String chain = "$[?(@" + " || @".repeat(800) + ")]";

    assertThatThrownBy(() -> JsonPath.parse(deep)).isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> JsonPath.parse(chain)).isInstanceOf(Malformed.class);
  }

  @Test
  void a_pattern_that_runs_away_is_stopped() {
    String text = "a: " + "a".repeat(40) + "!";

    assertThatThrownBy(() -> found("$[?(@.match(/^(?=(a+)+$)(a+)+\\1$/))]", text))
        .isInstanceOf(Budget.Spent.class);
  }

  @Test
  void many_descents_look_at_each_value_once() {
    assertThat(found("$" + "..*".repeat(60), SHOP)).isEmpty();
    assertThat(found("$..*..*", SHOP)).isNotEmpty();
  }
}
