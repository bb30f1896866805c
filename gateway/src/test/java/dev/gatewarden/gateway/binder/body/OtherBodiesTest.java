package dev.gatewarden.gateway.binder.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.gateway.binder.Promise;
import dev.gatewarden.gateway.binder.RequestBinder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Texts, bytes and lines.
class OtherBodiesTest {
  private static final Promise PROMISE =
      Promise.of(
          """
          openapi: 3.1.0
          info: {title: t, version: '1'}
          paths:
            /t:
              post:
                operationId: op
                security: []
                requestBody:
                  content:
                    text/plain: {schema: {type: string, maxLength: 4, pattern: '^[a-zé"]*$'}}
                    text/csv: {schema: {type: string}}
                    text/x-number: {schema: {type: integer, maximum: 9}}
                    application/octet-stream: {schema: {type: string, format: binary, minLength: 2, maxLength: 4}}
                    application/pdf: {schema: {type: string, format: binary}}
                    application/jwt: {schema: {type: string, pattern: '^[a-z.]+$'}}
                    application/x-ndjson: {itemSchema: {$ref: '#/components/schemas/Line'}}
                    application/jsonl: {schema: {type: array}}
                    application/vnd.x+json: {schema: {$ref: '#/components/schemas/Line'}}
                responses:
                  '200':
                    description: ok
                    headers:
                      X-Left: {required: true, schema: {type: integer}}
                      X-List: {schema: {type: array, items: {type: integer}}}
                      X-One: {schema: {type: string}}
                      Set-Cookie: {schema: {type: string, pattern: '^a='}}
                    content:
                      application/json: {schema: {$ref: '#/components/schemas/Line'}}
                      application/xml: {schema: {$ref: '#/components/schemas/Line'}}
                      application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Line'}}
            /s:
              get:
                operationId: stream
                security: []
                responses:
                  '200':
                    description: ok
                    content:
                      text/event-stream: {schema: {type: string, pattern: x}}
                      text/plain: {schema: {type: string}}
                      text/html: {schema: {type: string, maxLength: 4}}
                      application/json: {schema: {type: object}}
                      application/xml: {schema: {type: object}}
          components:
            schemas:
              Line:
                type: object
                properties: {n: {type: integer}, secret: {type: string, x-gatewarden-read: ['role:admin']}, role: {type: string, x-gatewarden-write: ['role:admin']}}
          """);

  private static Reading read(String type, String body) {
    assertThat(PROMISE.problems()).isEmpty();
    return PROMISE.post("/t", type, body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "text/plain | abc | good",
        "text/plain | abcd | good",
        "text/plain | abcde | bad",
        "text/plain | éééé | good",
        "text/plain | \" | good",
        "text/plain | \\\" | bad",
        "text/plain | 1 | bad",
        "text/plain | \uFEFFa | bad",
        "text/csv | a,b | good",
        "text/csv | \uFEFFa,b | bad",
        "text/x-number | 9 | good",
        "text/x-number | 10 | bad",
        "text/x-number | 09 | bad",
        "text/x-number | \"9\" | bad",
        "application/octet-stream | a | bad",
        "application/octet-stream | ab | good",
        "application/octet-stream | {}{} | good",
        "application/octet-stream | abcde | bad",
        "application/pdf | {\"role\": 1} | good",
        "application/jwt | a.b | good",
        "application/jwt | A.b | bad",
        "application/vnd.x+json | {\"n\":1} | good",
        "application/vnd.x+json | {\"m\":1} | bad",
      })
  void judges_by_what_the_contract_says(String type, String body, String expected) {
    Reading reading = read(type, body);
    assertThat(reading.conforms()).isEqualTo(expected.equals("good"));
    assertThat(reading.explain().isEmpty()).isEqualTo(expected.equals("good"));
  }

  @Test
  void refuses_a_text_that_is_not_utf_8() {
    RequestBinder.Bound bound =
        PROMISE.bind(
            "POST", "/t", Bytes.of(new byte[] {'a', (byte) 0xE9}), "content-type", "text/csv");
    assertThat(((RequestBinder.Bound.Calls) bound).each().getFirst().body().conforms()).isFalse();
  }

  @Test
  void judges_each_line() {
    assertThat(read("application/x-ndjson", "{\"n\":1}\n{\"n\":2}\n").conforms()).isTrue();
    assertThat(read("application/x-ndjson", "{\"n\":1}\r\n{\"n\":2}").conforms()).isTrue();
    Reading broken = read("application/x-ndjson", "{\"n\":1}\n\n{\"n\":\"2\"}");
    assertThat(broken.conforms()).isFalse();
    assertThat(broken.explain())
        .extracting(Detail::instanceLocation)
        .contains("line 2", "line 3/n");
    assertThat(read("application/x-ndjson", "{\"n\":1}\n").complete()).isTrue();
  }

  @Test
  void finds_restricted_properties_in_every_line() {
    Reading reading = read("application/x-ndjson", "{\"role\":\"a\"}\n{\"n\":1}\n{\"role\":\"b\"}");
    assertThat(reading.marks()).hasSize(2);
    Reading.Mark last = reading.marks().getLast();
    assertThat(reading.bytes().utf8().substring(last.from(), last.to())).isEqualTo("\"b\"");
  }

  @Test
  void bounds_the_lines() {
    assertThat(read("application/x-ndjson", "{}\n".repeat(10_000)).conforms()).isTrue();
    assertThat(read("application/x-ndjson", "{}\n".repeat(10_001)).conforms()).isFalse();
  }

  @Test
  void leaves_streams_to_whoever_reads_them() {
    var binder = PROMISE.binders().response(PROMISE.contract().operations().getLast());
    assertThat(binder.holds(200, lines("content-type", "text/event-stream"))).isFalse();
    assertThat(binder.holds(200, lines("content-type", "text/plain"))).isFalse();
    assertThat(binder.holds(200, lines("content-type", "text/html"))).isTrue();
    assertThat(binder.holds(200, lines("content-type", "application/json"))).isTrue();
    assertThat(binder.holds(200, lines("content-type", "application/xml"))).isTrue();
  }

  private static dev.gatewarden.core.exchange.Headers lines(String... lines) {
    return Promise.lines(lines);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "X-Left:1 | good",
        "X-Left:a | bad",
        "X-One:a | bad",
        "X-Left:1,X-One:a | good",
        "X-Left:1,X-One:a,X-One:b | bad",
        "X-Left:1,X-List:1;2,X-List:3 | good",
        "X-Left:1,X-List:1;a | bad",
        "X-Left:1,Set-Cookie:a=1,Set-Cookie:a=2 | good",
        "X-Left:1,Set-Cookie:a=1,Set-Cookie:b=2 | bad",
        "X-Left:1,X-Other:b | good",
      })
  void judges_the_headers_of_an_answer(String headers, String expected) {
    String[] given = headers.replace(',', ':').replace(';', ',').split(":");
    Reading reading = PROMISE.answer("op", 200, "", given);
    assertThat(reading.conforms()).isEqualTo(expected.equals("good"));
    assertThat(reading.explain().isEmpty()).isEqualTo(expected.equals("good"));
  }

  @Test
  void reads_answers_in_forms_and_xml_as_it_reads_requests() {
    Reading xml =
        PROMISE.answer(
            "op",
            200,
            "<Line><n>1</n><secret>s</secret></Line>",
            "X-Left",
            "1",
            "content-type",
            "application/xml");
    assertThat(xml.conforms()).isTrue();
    assertThat(xml.marks()).hasSize(1);
    assertThat(xml.whole()).isNotSameAs(xml.bytes());
    Reading form =
        PROMISE.answer(
            "op", 200, "n=x", "X-Left", "1", "content-type", "application/x-www-form-urlencoded");
    assertThat(form.conforms()).isFalse();
  }
}
