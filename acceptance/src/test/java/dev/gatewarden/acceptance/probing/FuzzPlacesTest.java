package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.demo.http.Loopback;
import dev.gatewarden.testkit.Requirement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Faults at each place of a request: paths, headers, cookies, nested bodies, forms, files.
class FuzzPlacesTest {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Orders, version: 1.0.0}
      servers: [{url: /}]
      security: []
      paths:
        /prices/{currency}:
          get:
            operationId: readPrices
            x-gatewarden-object: {none: they are nobody's}
            parameters:
              - {name: currency, in: path, required: true, schema: {type: string, enum: [EUR, CHF]}}
              - {name: X-Depth, in: header, schema: {type: integer, minimum: 1, maximum: 9}}
              - {name: theme, in: cookie, schema: {type: string, enum: [dark, light]}}
              - {name: sort, in: query, schema: {type: array, maxItems: 2, items: {type: string, enum: [up, down]}}}
            responses:
              '200': {description: all, content: {application/json: {schema: {type: object}}}}
        /orders:
          post:
            operationId: order
            x-gatewarden-object: {none: they are nobody's}
            requestBody:
              required: true
              content:
                application/json:
                  schema:
                    type: object
                    required: [customer, lines]
                    additionalProperties: false
                    properties:
                      customer:
                        type: object
                        required: [name]
                        properties:
                          name: {type: string, minLength: 1, maxLength: 40}
                          born: {type: string, format: date}
                      lines:
                        type: array
                        minItems: 1
                        maxItems: 4
                        uniqueItems: true
                        items: {type: integer, minimum: 1, maximum: 99}
                      pay:
                        oneOf:
                          - {type: object, required: [card], additionalProperties: false, properties: {card: {type: string, pattern: '^[0-9]{12}$'}}}
                          - {type: object, required: [iban], additionalProperties: false, properties: {iban: {type: string, pattern: '^[A-Z]{2}[0-9]{10}$'}}}
                      created: {type: string, readOnly: true, maxLength: 30}
            responses:
              '200': {description: ordered, content: {application/json: {schema: {type: object}}}}
              '400': {description: refused}
        /forms:
          post:
            operationId: fillIn
            x-gatewarden-object: {none: they are nobody's}
            requestBody:
              required: true
              content:
                application/x-www-form-urlencoded:
                  schema:
                    type: object
                    required: [name, age]
                    properties:
                      name: {type: string, minLength: 1, maxLength: 20}
                      age: {type: integer, minimum: 0, maximum: 150}
            responses:
              '200': {description: done, content: {application/json: {schema: {type: object}}}}
              '400': {description: refused}
        /parcels:
          post:
            operationId: sendParcel
            x-gatewarden-object: {none: they are nobody's}
            requestBody:
              required: true
              content:
                application/xml:
                  schema:
                    type: object
                    xml: {name: parcel}
                    required: [weight, to]
                    properties:
                      weight: {type: integer, minimum: 1, maximum: 30, xml: {attribute: true}}
                      to: {type: string, minLength: 1, maxLength: 20}
                      marks: {type: array, xml: {wrapped: true}, items: {type: string, maxLength: 9, xml: {name: mark}}}
            responses:
              '200': {description: sent, content: {application/json: {schema: {type: object}}}}
              '400': {description: refused}
        /files:
          post:
            operationId: sendFile
            x-gatewarden-object: {none: they are nobody's}
            requestBody:
              required: true
              content:
                multipart/form-data:
                  schema:
                    type: object
                    required: [title, file]
                    properties:
                      title: {type: string, minLength: 1, maxLength: 20}
                      file: {type: string, format: binary}
                  encoding: {file: {contentType: image/png}}
            responses:
              '200': {description: kept, content: {application/json: {schema: {type: object}}}}
              '400': {description: refused}
      """;

  @TempDir Path folder;

  @Test
  @Requirement(id = "TST-6", without = "fuzz")
  void finds_what_is_not_checked_at_paths_headers_cookies_and_lists() throws IOException {
    try (Loopback service = Loopback.start(0, _ -> Answer.json(200, "{}"))) {
      FuzzRun run = FuzzRun.of(folder, CONTRACT, service);

      assertThat(run.messages("--fuzz", "60", "--operation", "readPrices"))
          .containsExactly(
              "nothing of its requests is checked: what the contract does not permit is taken at"
                  + " `cookie.theme`, `header.X-Depth`, `path.currency`, `query.sort`");
    }
  }

  @Test
  @Requirement(id = "TST-6", without = "fuzz")
  void tells_once_that_nothing_of_a_body_is_checked() throws IOException {
    try (Loopback service = Loopback.start(0, _ -> Answer.json(200, "{}"))) {
      FuzzRun run = FuzzRun.of(folder, CONTRACT, service);

      assertThat(run.messages("--fuzz", "80", "--operation", "order"))
          .filteredOn(each -> each.contains("body/"))
          .singleElement()
          .asString()
          .startsWith("nothing of its requests is checked")
          .contains("more");
    }
  }

  @Test
  @Requirement(id = "TST-6", without = "fuzz")
  void finds_the_smallest_body_that_breaks_a_service() throws IOException {
    try (Loopback service = Loopback.start(0, FuzzPlacesTest::forgetful)) {
      FuzzRun run = FuzzRun.of(folder, CONTRACT, service);

      JsonNode said = run.said("--fuzz", "200", "--operation", "order");

      assertThat(FuzzRun.messages(said))
          .as(said.toPrettyString())
          .contains("the same item twice at `body/lines` is answered 500")
          .contains("what the contract permits at `body/pay/iban` is answered 500")
          .contains("`body/created` is only to be read, and what is sent for it sticks");
      for (JsonNode each : said.get("findings")) {
        if (each.get("message").asString().contains("permits at `body/pay/iban`")) {
          assertThat(each.get("attempts").get(0).get("curl").asString())
              .contains("\"pay\":{\"iban\":")
              .doesNotContain("born");
        }
      }
    }
  }

  @Test
  @Requirement(id = "TST-6", without = "fuzz")
  void varies_forms_and_files() throws IOException {
    try (Loopback service = Loopback.start(0, FuzzPlacesTest::lenient)) {
      FuzzRun run = FuzzRun.of(folder, CONTRACT, service);

      assertThat(run.messages("--fuzz", "80", "--operation", "fillIn", "--operation", "sendFile"))
          .anyMatch(each -> each.startsWith("`body/age` is not checked: taken is"))
          .anyMatch(each -> each.startsWith("`body/title` is not checked: taken is"))
          .noneMatch(each -> each.contains("permits"));
    }
  }

  @Test
  @Requirement(id = "TST-6", without = "fuzz")
  void writes_markup_where_the_contract_wants_it() throws IOException {
    try (Loopback service = Loopback.start(0, FuzzPlacesTest::marked)) {
      FuzzRun run = FuzzRun.of(folder, CONTRACT, service);

      assertThat(run.messages("--fuzz", "80", "--operation", "sendParcel"))
          .anyMatch(each -> each.startsWith("`body/weight` is not checked: taken is"))
          .noneMatch(each -> each.contains("permits"));
    }
  }

  @Test
  @Requirement(id = "TST-6", without = "fuzz")
  void sends_the_same_bytes_for_the_same_seed() throws IOException {
    try (Loopback service = Loopback.start(0, _ -> Answer.json(200, "{}"))) {
      FuzzRun run = FuzzRun.of(folder, CONTRACT, service);
      run.run("--fuzz", "40", "--seed", "7", "--log", "one.log");
      run.run("--fuzz", "40", "--seed", "7", "--log", "two.log");
      run.run("--fuzz", "40", "--seed", "8", "--log", "other.log");

      assertThat(folder.resolve("one.log")).hasSameBinaryContentAs(folder.resolve("two.log"));
      assertThat(Files.readString(folder.resolve("other.log")))
          .isNotEqualTo(Files.readString(folder.resolve("one.log")));
      assertThat(Files.readAllLines(folder.resolve("one.log"))).hasSizeGreaterThan(160);
    }
  }

  @Test
  @Requirement(id = "TST-6", without = "fuzz")
  void shows_every_finding_again_by_its_id() throws IOException {
    try (Loopback service = Loopback.start(0, FuzzPlacesTest::forgetful)) {
      FuzzRun run = FuzzRun.of(folder, CONTRACT, service);
      JsonNode said = run.said("--fuzz", "80", "--corpus", "kept.jsonl");
      Set<String> ids = new LinkedHashSet<>();
      said.get("findings").forEach(each -> ids.add(each.get("id").asString()));

      assertThat(ids).hasSizeGreaterThan(3);
      for (String id : ids) {
        JsonNode again = run.said("--corpus", "kept.jsonl", "--replay", id);
        assertThat(again.get("findings"))
            .as(id)
            .extracting(each -> each.get("id").asString())
            .containsExactly(id);
      }
    }
  }

  /// Breaks where an item comes twice and at accounts, and keeps what only it may write.
  private static Answer forgetful(Incoming request) {
    if (!request.path().equals("/orders")) {
      return Answer.json(200, "{}");
    }
    JsonNode body;
    try {
      body = JsonMapper.shared().readTree(request.body());
    } catch (JacksonException broken) {
      return Answer.empty(400);
    }
    Set<String> lines = new HashSet<>();
    for (JsonNode each : body.path("lines")) {
      if (!lines.add(each.toString())) {
        return Answer.empty(500);
      }
    }
    if (body.path("pay").has("iban")) {
      return Answer.empty(500);
    }
    JsonNode created = body.path("created");
    return Answer.json(200, created.isString() ? "{\"created\":" + created + "}" : "{}");
  }

  /// Reads markup and looks at no value.
  private static Answer marked(Incoming request) {
    try {
      Element root =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(request.body()))
              .getDocumentElement();
      boolean full =
          "application/xml".equals(request.header("content-type"))
              && root.getTagName().equals("parcel")
              && root.hasAttribute("weight")
              && root.getElementsByTagName("to").getLength() == 1;
      return full ? Answer.json(200, "{}") : Answer.empty(400);
    } catch (SAXException | ParserConfigurationException | IOException broken) {
      return Answer.empty(400);
    }
  }

  /// Wants what it needs to be there, and a file to be one; looks at nothing else.
  private static Answer lenient(Incoming request) {
    String text = request.text();
    boolean full =
        request.path().equals("/forms")
            ? text.contains("name=") && text.contains("age=")
            : text.contains("name=\"title\"")
                && text.contains("filename=")
                && text.contains("Content-Type: image/png");
    return full ? Answer.json(200, "{}") : Answer.empty(400);
  }
}
