package dev.gatewarden.gateway.binder.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.gateway.binder.Promise;
import dev.gatewarden.gateway.binder.RequestBinder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What a client writes in the way the contract says is read as what it meant, and nothing that
/// anybody writes makes a reader stumble.
class StyleProperties {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Promise PROMISE =
      Promise.of(
          """
          openapi: 3.1.0
          info: {title: t, version: '1'}
          paths:
            /p/{list}/{label}/{matrix}:
              post:
                operationId: op
                security: []
                parameters:
                - {name: list, in: path, required: true, schema: {$ref: '#/components/schemas/List'}}
                - {name: label, in: path, required: true, style: label, schema: {$ref: '#/components/schemas/List'}}
                - {name: matrix, in: path, required: true, style: matrix, explode: true, schema: {$ref: '#/components/schemas/List'}}
                - {name: many, in: query, schema: {$ref: '#/components/schemas/List'}}
                - {name: csv, in: query, explode: false, schema: {$ref: '#/components/schemas/List'}}
                - {name: deep, in: query, style: deepObject, schema: {$ref: '#/components/schemas/Object'}}
                - {name: X-List, in: header, schema: {$ref: '#/components/schemas/List'}}
                - {name: c, in: cookie, explode: false, schema: {$ref: '#/components/schemas/List'}}
                requestBody:
                  content:
                    application/x-www-form-urlencoded:
                      schema: {$ref: '#/components/schemas/Form'}
                      encoding: {csv: {explode: false}, deep: {style: deepObject}}
                    application/xml: {schema: {$ref: '#/components/schemas/Form'}}
                    text/plain: {schema: {type: string}}
                responses: {'200': {description: ok}}
          components:
            schemas:
              List: {type: array, items: {type: string}}
              Object: {type: object, additionalProperties: {type: string}}
              Form:
                type: object
                properties:
                  s: {type: string}
                  n: {type: integer}
                  many: {type: array, items: {type: string}}
                  csv: {type: array, items: {type: string}}
                  deep: {$ref: '#/components/schemas/Object'}
          """);

  /// What a form says, before anybody writes it.
  record Meant(String s, long n, List<String> many, List<String> csv, Map<String, String> deep) {}

  @Provide
  Arbitrary<Meant> meant() {
    Arbitrary<String> text =
        Arbitraries.strings()
            .withChars("ab ,|=&+%;[]\"\\<>é€\n")
            .ofMaxLength(6)
            .map(each -> java.text.Normalizer.normalize(each, java.text.Normalizer.Form.NFC));
    Arbitrary<String> item = text.filter(each -> !each.isEmpty());
    // a comma within an item is read by some services as two items, so both readings must be good
    return Combinators.combine(
            text,
            Arbitraries.longs(),
            item.list().ofMinSize(1).ofMaxSize(4),
            item.list().ofMinSize(1).ofMaxSize(4),
            Arbitraries.maps(
                    Arbitraries.strings()
                        .alpha()
                        .ofMinLength(1)
                        .ofMaxLength(4)
                        .map(String::toLowerCase),
                    text)
                .ofMinSize(1)
                .ofMaxSize(3))
        .as(Meant::new);
  }

  @Property(tries = 500)
  void a_form_is_read_as_what_was_meant(@ForAll("meant") Meant meant) {
    List<String> fields = new ArrayList<>();
    fields.add("s=" + encoded(meant.s));
    fields.add("n=" + meant.n);
    meant.many.forEach(each -> fields.add("many=" + encoded(each)));
    fields.add(
        "csv=" + String.join(",", meant.csv.stream().map(StyleProperties::encoded).toList()));
    meant.deep.forEach((key, value) -> fields.add("deep%5B" + key + "%5D=" + encoded(value)));
    Reading reading = PROMISE.post("/p/a/.a/;matrix=a", FORM, String.join("&", fields));

    assertThat(reading.explain()).isEmpty();
    assertThat(reading.bytes().utf8()).isEqualTo(json(meant));
  }

  @Property(tries = 500)
  void xml_is_read_as_what_was_meant(@ForAll("meant") Meant meant) {
    StringBuilder xml = new StringBuilder("<Form>");
    element(xml, "s", meant.s);
    element(xml, "n", Long.toString(meant.n));
    meant.many.forEach(each -> element(xml, "many", each));
    meant.csv.forEach(each -> element(xml, "csv", each));
    xml.append("<deep>");
    meant.deep.forEach((key, value) -> element(xml, key, value));
    Reading reading =
        PROMISE.post(
            "/p/a/.a/;matrix=a", "application/xml", xml.append("</deep></Form>").toString());

    assertThat(reading.explain()).isEmpty();
    assertThat(reading.bytes().utf8()).isEqualTo(json(meant));
  }

  private static void element(StringBuilder xml, String name, String text) {
    xml.append('<').append(name).append('>');
    xml.append(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    xml.append("</").append(name).append('>');
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// The slow and obvious way to write it.
  private static String json(Meant meant) {
    StringBuilder json = new StringBuilder("{\"s\":").append(quoted(meant.s));
    json.append(",\"n\":").append(meant.n);
    json.append(",\"many\":").append(list(meant.many));
    json.append(",\"csv\":").append(list(meant.csv));
    List<String> members = new ArrayList<>();
    meant.deep.forEach((key, value) -> members.add(quoted(key) + ":" + quoted(value)));
    return json.append(",\"deep\":{").append(String.join(",", members)).append("}}").toString();
  }

  private static String list(List<String> items) {
    return "[" + String.join(",", items.stream().map(StyleProperties::quoted).toList()) + "]";
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\u000a") + "\"";
  }

  @Property(tries = 2000)
  void no_reader_stumbles(@ForAll("noise") String noise, @ForAll long seed) {
    byte[] bytes = new byte[(int) (seed & 63)];
    new Random(seed).nextBytes(bytes);
    for (String type : new String[] {FORM, "application/xml", "text/plain"}) {
      assertThat(PROMISE.post("/p/a/.a/;matrix=a", type, noise).explain()).isNotNull();
      assertThat(PROMISE.post("/p/a/.a/;matrix=a", type, "<Form>" + noise).explain()).isNotNull();
      RequestBinder.Bound bound =
          PROMISE.bind("POST", "/p/a/.a/;matrix=a", Bytes.of(bytes), "content-type", type);
      assertThat(bound).isInstanceOf(RequestBinder.Bound.Calls.class);
    }
    String safe = URLEncoder.encode(noise.replace("%", ""), StandardCharsets.UTF_8);
    for (String name : new String[] {"many", "csv", "deep", "deep%5B" + safe, "deep%5Ba%5D"}) {
      if (!safe.contains("%00") && !name.contains("%0")) {
        assertThat(
                PROMISE
                    .send("POST", "/p/a/.a/;matrix=a?" + name + "=" + safe.replace("%2C", ","), "")
                    .explain())
            .isNotNull();
      }
    }
    assertThat(
            PROMISE
                .send("POST", "/p/a/.a/;matrix=a", "", "X-List", noise, "Cookie", "c=" + noise)
                .explain())
        .isNotNull();
  }

  @Provide
  Arbitrary<String> noise() {
    return Arbitraries.of(
            "<",
            ">",
            "/",
            "Form",
            "</Form>",
            "<s>",
            "</s>",
            "&",
            "amp;",
            "=",
            "s",
            "n",
            "many",
            "deep",
            "[",
            "]",
            "[]",
            "%",
            "%2C",
            "%5B",
            ",",
            ";",
            "|",
            " ",
            "+",
            "\"",
            "'",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "<?xml",
            "?>",
            "<!DOCTYPE",
            "xmlns",
            ":",
            "é",
            "1",
            "-",
            "e",
            "\t")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }
}
