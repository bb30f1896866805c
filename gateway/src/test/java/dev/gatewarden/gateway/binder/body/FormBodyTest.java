package dev.gatewarden.gateway.binder.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.gateway.binder.Promise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormBodyTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Promise PROMISE =
      Promise.of(
          """
          openapi: 3.1.0
          info: {title: t, version: '1'}
          paths:
            /f:
              post:
                operationId: op
                security: []
                requestBody:
                  content:
                    application/x-www-form-urlencoded:
                      schema:
                        allOf:
                        - type: object
                          required: [n]
                          properties:
                            n: {type: integer}
                            s: {type: string, maxLength: 8}
                            b: {type: boolean}
                            many: {type: array, items: {type: integer}}
                        - type: object
                          properties:
                            csv: {type: array, items: {type: string, maxLength: 3}}
                            pipes: {type: array, items: {type: integer}}
                            deep: {type: object, properties: {a: {type: integer}, t: {type: array, items: {type: string}}}}
                            spread: {type: object, properties: {p: {type: integer}, q: {type: string}}}
                            doc: {type: object, properties: {x: {type: integer}}}
                            docs: {type: array, items: {type: object, properties: {x: {type: integer}}}}
                            either: {type: [integer, string], maxLength: 2, maximum: 9}
                            json: {type: array, items: {type: integer}}
                            list: {type: array, items: {type: integer}}
                            role: {type: string, x-gatewarden-write: ['role:admin']}
                      encoding:
                        csv: {style: form, explode: false}
                        pipes: {style: pipeDelimited, explode: false}
                        deep: {style: deepObject, explode: true}
                        spread: {style: form, explode: true}
                        json: {contentType: application/json}
                        list: {style: deepObject, explode: true}
                responses: {'200': {description: ok}}
          """);

  private static Reading read(String body) {
    assertThat(PROMISE.problems()).isEmpty();
    return PROMISE.post("/f", FORM, body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "n=1 | {\"n\":1}",
        "n=1&s=a+b%20c%2Bd | {\"n\":1,\"s\":\"a b c+d\"}",
        "n=1&s=1 | {\"n\":1,\"s\":\"1\"}",
        "n=1&s= | {\"n\":1,\"s\":\"\"}",
        "n=1&s | {\"n\":1,\"s\":\"\"}",
        "n=1&s=%22%5C%0A | {\"n\":1,\"s\":\"\\\"\\\\\\u000a\"}",
        "n=1&s=e%CC%81 | {\"n\":1,\"s\":\"é\"}",
        "n=1&b=true&many=1&many=2 | {\"n\":1,\"b\":true,\"many\":[1,2]}",
        "n=1&many=1&b=true&many=2 | {\"n\":1,\"many\":[1,2],\"b\":true}",
        "n=1&csv=a,b%2C | {\"n\":1,\"csv\":[\"a\",\"b,\"]}",
        "n=1&pipes=1|2 | {\"n\":1,\"pipes\":[1,2]}",
        "n=1&deep[a]=1&deep[t]=x&deep[t]=y | {\"n\":1,\"deep\":{\"a\":1,\"t\":[\"x\",\"y\"]}}",
        "n=1&deep[t][]=x | {\"n\":1,\"deep\":{\"t\":[\"x\"]}}",
        "n=1&p=2&q=3 | {\"n\":1,\"spread\":{\"p\":2,\"q\":\"3\"}}",
        "n=1&doc={%22x%22:1} | {\"n\":1,\"doc\":{\"x\":1}}",
        "n=1&docs={%22x%22:1}&docs={} | {\"n\":1,\"docs\":[{\"x\":1},{}]}",
        "n=1&either=9 | {\"n\":1,\"either\":9}",
        "n=1&either=10 | {\"n\":1,\"either\":\"10\"}",
        "n=1&list[]=1&list[]=2 | {\"n\":1,\"list\":[1,2]}",
        "n=1&list=1 | {\"n\":1,\"list\":[1]}",
        "n=1& | {\"n\":1}",
      })
  void reads_a_form_as_the_object_it_stands_for(String body, String json) {
    Reading reading = read(body);
    assertThat(reading.explain()).isEmpty();
    assertThat(reading.conforms()).isTrue();
    assertThat(reading.complete()).isTrue();
    assertThat(reading.bytes().utf8().replace("e\u0301", "é")).isEqualTo(json);
    assertThat(reading.whole().utf8()).isEqualTo(body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "s=a | body#",
        "n=01 | body#/n",
        "n=+1 | body#/n",
        "n=1&n=1 | body#/n",
        "n=1&N=2 | body#/N",
        "n=1&n[]=2 | body#/n[]",
        "n=1&admin=true | body#/admin",
        "n=1&s=123456789 | body#/s",
        "n=1&b=yes | body#/b",
        "n=1&many=a | body#/many/0",
        "n=1&many=1,2 | body#/many/0",
        "n=1&csv=a,,b | body#/csv",
        "n=1&csv=abc%2Cd | body#/csv/0",
        "n=1&csv=a,b&csv=c | body#/csv",
        "n=1&pipes=1| | body#/pipes",
        "n=1&deep=1 | body#/deep",
        "n=1&deep[a]=x | body#/deep/a",
        "n=1&deep[a]=1&deep[a]=1 | body#/deep[a]",
        "n=1&deep[a][b]=1 | body#/deep[a][b]",
        "n=1&deep[z]=1 | body#/deep[z]",
        "n=1&spread=p,1 | body#/spread",
        "n=1&p=x | body#/spread/p",
        "n=1&doc={%22x%22:1 | body#/doc",
        "n=1&doc=1,%22role%22:%22admin%22 | body#/doc",
        "n=1&doc={},%22role%22:%22admin%22 | body#/doc",
        "n=1&doc={%22y%22:1} | body#/doc/y",
        "n=1&doc={}&doc={} | body#/doc",
        "n=1&list=1&list[]=2 | body#/list",
        "n=1;s=a | body",
        "=1&n=1 | body",
        "n=%g1 | body",
        "n=%ff | body",
        "n=1&s=é | body",
        "n=1&s=%00 | body",
        "n=1&a%00=1 | body",
        "%256e=1 | body",
        "n=1&s=a b | body",
      })
  void refuses_and_points_at(String body, String where) {
    Reading reading = read(body);
    assertThat(reading.conforms()).isFalse();
    assertThat(reading.explain()).extracting(Detail::instanceLocation).contains(where);
    assertThat(reading.explain()).extracting(Detail::message).allMatch(text -> !text.isBlank());
  }

  @Test
  void finds_the_restricted_property_of_a_form() {
    Reading reading = read("n=1&role=admin");
    assertThat(reading.marks()).hasSize(1);
    Reading.Mark mark = reading.marks().getFirst();
    assertThat(mark.meaning()).isInstanceOf(Reading.Meaning.Writable.class);
    assertThat(reading.bytes().utf8().substring(mark.from(), mark.to())).isEqualTo("\"admin\"");
  }

  @Test
  void writes_the_lists_of_older_contracts_as_they_say() {
    Promise older =
        Promise.of(
            """
            swagger: '2.0'
            info: {title: t, version: '1'}
            consumes: [application/x-www-form-urlencoded]
            paths:
              /f:
                post:
                  operationId: op
                  parameters:
                  - {name: usual, in: formData, type: array, items: {type: integer}}
                  - {name: csv, in: formData, type: array, items: {type: integer}, collectionFormat: csv}
                  - {name: pipes, in: formData, type: array, items: {type: integer}, collectionFormat: pipes}
                  - {name: multi, in: formData, type: array, items: {type: integer}, collectionFormat: multi}
                  - {name: q, in: query, type: array, items: {type: integer}, collectionFormat: ssv}
                  responses: {'200': {description: ok}}
            """);
    assertThat(older.problems()).isEmpty();
    Reading reading =
        older.post("/f?q=1%202", FORM, "usual=1,2&csv=3,4&pipes=5%7C6&multi=7&multi=8");
    assertThat(reading.explain()).isEmpty();
    assertThat(reading.bytes().utf8())
        .isEqualTo("{\"usual\":[1,2],\"csv\":[3,4],\"pipes\":[5,6],\"multi\":[7,8]}");
    assertThat(older.post("/f", FORM, "usual=1&usual=2").conforms()).isFalse();
    assertThat(older.post("/f", FORM, "multi=1,2").conforms()).isFalse();
  }

  @Test
  void bounds_the_number_of_fields() {
    assertThat(read("n=1" + "&many=1".repeat(999)).conforms()).isTrue();
    assertThat(read("n=1" + "&many=1".repeat(1000)).conforms()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"n=1&docs={}", "n=1&json=1&json=2"})
  void takes_documents_one_by_one(String body) {
    assertThat(read(body).conforms()).isTrue();
  }
}
