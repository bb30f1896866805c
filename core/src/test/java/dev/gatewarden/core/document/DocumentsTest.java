package dev.gatewarden.core.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DocumentsTest {
  private final Map<String, String> files = new HashMap<>();

  private Documents documents(URI... allowed) {
    Sources sources =
        address -> {
          String text = files.get(address.toString());
          if (text == null) {
            throw new FileNotFoundException("no such file");
          }
          return text.getBytes(StandardCharsets.UTF_8);
        };
    return new Documents(
        sources,
        Bounds.DEFAULT,
        new Place.Origin(URI.create("file:///c/shop.yaml"), "contracts/shop.yaml"),
        Set.of(allowed));
  }

  private String resolve(Documents documents, String reference) {
    return switch (documents.resolve(reference, documents.root().place())) {
      case References.Resolution.Found(Node node) -> node.place() + " " + node.place().pointer();
      case References.Resolution.Missing(Problem problem) -> problem.toString();
    };
  }

  @Test
  void follows_pointers_within_and_across_files() {
    files.put("file:///c/shop.yaml", "a: {b/c: {d e: [1, 2]}}\n");
    files.put("file:///c/types/order.json", "{\"x\": {\"$ref\": \"#/y\"}, \"y\": [1]}");
    Documents documents = documents();

    assertThat(resolve(documents, "#")).isEqualTo("contracts/shop.yaml:1:1 ");
    assertThat(resolve(documents, "#/a/b~1c/d%20e/1"))
        .isEqualTo("contracts/shop.yaml:1:20 /a/b~1c/d e/1");
    assertThat(resolve(documents, "#/a/b~1c/d e/0"))
        .isEqualTo("contracts/shop.yaml:1:17 /a/b~1c/d e/0");
    assertThat(resolve(documents, "types/order.json")).isEqualTo("contracts/types/order.json:1:1 ");
    assertThat(resolve(documents, "types/../types/order.json#/x/0"))
        .isEqualTo("contracts/types/order.json:1:30 /y/0");
  }

  @Test
  void names_what_is_missing_and_the_nearest() {
    files.put("file:///c/shop.yaml", "components:\n  schemas:\n    Order: {$anchor: order}\n");
    Documents documents = documents();

    assertThat(resolve(documents, "#/components/schemas/Ordr"))
        .isEqualTo(
            "contracts/shop.yaml:1:1: `#/components/schemas/Ordr` points to nothing: there is no"
                + " `Ordr` in `/components/schemas`; did you mean `Order`?");
    assertThat(resolve(documents, "#order"))
        .isEqualTo("contracts/shop.yaml:3:12 /components/schemas/Order");
    assertThat(resolve(documents, "#Order"))
        .isEqualTo(
            "contracts/shop.yaml:1:1: `#Order` points to nothing: no schema has that `$anchor`;"
                + " did you mean `#/components/schemas/Order`?");
    assertThat(resolve(documents, "#/components/~2"))
        .isEqualTo("contracts/shop.yaml:1:1: `#/components/~2` ends in no JSON pointer");
    assertThat(resolve(documents, "other.yaml"))
        .isEqualTo(
            "contracts/shop.yaml:1:1: `other.yaml` cannot be followed: the file cannot be read: no"
                + " such file");
  }

  @Test
  void leaves_the_folder_for_nobody_who_is_not_listed() {
    files.put("file:///c/shop.yaml", "a: 1");
    files.put("file:///secret.yaml", "a: 1");
    files.put("https://example.com/order.yaml", "a: 1");

    for (String outside :
        new String[] {
          "../secret.yaml",
          "/secret.yaml",
          "file:///secret.yaml",
          "https://example.com/order.yaml",
          "//example.com/order.yaml",
          "x/../../secret.yaml",
          "..%2fsecret.yaml",
          "%2e%2e/secret.yaml",
          "x\\y.yaml",
          "shop.yaml?x"
        }) {
      assertThat(resolve(documents(), outside)).as(outside).startsWith("contracts/shop.yaml:1:1: ");
    }
    assertThat(
            resolve(
                documents(URI.create("https://example.com/order.yaml")),
                "https://example.com/order.yaml#/a"))
        .isEqualTo("https://example.com/order.yaml:1:4 /a");
  }

  @Test
  void ends_where_references_lead_in_circles() {
    files.put("file:///c/shop.yaml", "a: {$ref: '#/b/x'}\nb: {$ref: '#/a/x'}\nc: {$ref: '#/c'}\n");

    assertThat(resolve(documents(), "#/a/x")).contains("points to nothing");
    assertThat(resolve(documents(), "#/c/x")).contains("points to nothing");
  }

  @Test
  void starts_from_the_id_that_a_schema_gives_itself() {
    files.put(
        "file:///c/shop.yaml",
        """
        a:
          $id: https://example.com/a.json
          b: {$ref: '#/c'}
          c: {$anchor: here}
          d: {$id: inner.json, e: {$ref: a.json}}
        f: {$ref: 'https://example.com/inner.json#/e'}
        """);
    Documents documents = documents();
    Node inside = ((Node.Obj) ((Node.Obj) documents.root()).get("a")).get("b");

    assertThat(documents.resolve("#/c", inside.place()))
        .isInstanceOfSatisfying(
            References.Resolution.Found.class,
            found -> assertThat(found.node().place().pointer()).isEqualTo("/a/c"));
    assertThat(documents.resolve("inner.json#/e", inside.place()))
        .isInstanceOfSatisfying(
            References.Resolution.Found.class,
            found -> assertThat(found.node().place().pointer()).isEqualTo("/a/d/e"));
    assertThat(documents.resolve("#/f", inside.place()))
        .isInstanceOf(References.Resolution.Found.class);
    assertThat(resolve(documents, "https://example.com/a.json#here"))
        .isEqualTo("contracts/shop.yaml:4:6 /a/c");
    assertThat(resolve(documents, "https://example.com/b.json"))
        .contains("lies outside the folder");
  }

  @Test
  void reports_the_faults_of_other_files_once() {
    files.put("file:///c/shop.yaml", "a: 1");
    files.put("file:///c/other.yaml", "a: 1\na: 2");
    Documents documents = documents();

    assertThat(resolve(documents, "other.yaml#/a"))
        .contains("cannot be followed: `a` is written twice");
    assertThat(resolve(documents, "other.yaml#/a"))
        .contains("cannot be followed: `a` is written twice");
    assertThat(documents.problems()).hasSize(1);
  }
}
