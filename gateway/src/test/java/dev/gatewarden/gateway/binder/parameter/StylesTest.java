package dev.gatewarden.gateway.binder.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.exchange.Breach;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.gateway.binder.Promise;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every style, with and without explode, for single values, lists and objects, and what stands
/// beside each.
class StylesTest {
  private static final Map<String, Promise> PROMISES = new HashMap<>();
  private static final Map<String, String> SCHEMAS =
      Map.ofEntries(
          Map.entry("integer", "{type: integer, maximum: 9}"),
          Map.entry("number", "{type: number}"),
          Map.entry("boolean", "{type: boolean}"),
          Map.entry("string", "{type: string, minLength: 1, maxLength: 5}"),
          Map.entry("enum", "{enum: [1, a, true]}"),
          Map.entry("either", "{type: [integer, string], maxLength: 2, maximum: 9}"),
          Map.entry("nullable", "{type: [integer, 'null']}"),
          Map.entry("any", "{}"),
          Map.entry("integers", "{type: array, items: {type: integer}, maxItems: 3}"),
          Map.entry("strings", "{type: array, items: {type: string, maxLength: 3}, maxItems: 3}"),
          Map.entry("nulls", "{type: [array, 'null'], items: {type: integer}}"),
          Map.entry(
              "oneOrMany", "{oneOf: [{type: integer}, {type: array, items: {type: integer}}]}"),
          Map.entry(
              "object",
              "{type: object, properties: {n: {type: integer}, s: {type: string}}, required: [n]}"),
          Map.entry(
              "open",
              "{type: object, properties: {n: {type: integer}}, additionalProperties: {type:"
                  + " boolean}}"),
          Map.entry(
              "deep",
              "{type: object, properties: {n: {type: integer}, t: {type: array, items: {type:"
                  + " string}}, i: {type: object, properties: {m: {type: integer}}}}}"),
          Map.entry(
              "merged",
              "{allOf: [{type: object, properties: {n: {type: integer}}},"
                  + " {properties: {b: {type: boolean}}}]}"));

  private static Promise promise(String in, String style, String explode, String schema) {
    String more = "";
    String path = in.equals("path") ? "/p/{x}" : "/p";
    if (in.equals("path")) {
      more = ", required: true";
    }
    String yaml =
        """
        openapi: 3.1.0
        info: {title: t, version: '1'}
        paths:
          %s:
            get:
              operationId: op
              security: []
              parameters:
              - {name: x, in: %s, style: %s, explode: %s, schema: %s%s}
              responses: {'200': {description: ok}}
        """
            .formatted(path, in, style, explode, SCHEMAS.get(schema), more);
    return PROMISES.computeIfAbsent(yaml, Promise::of);
  }

  private static Reading read(String in, String style, String explode, String schema, String text) {
    Promise promise = promise(in, style, explode, schema);
    assertThat(promise.problems()).isEmpty();
    return switch (in) {
      case "path" -> promise.get("/p/" + text);
      case "query" -> promise.get(text.isEmpty() ? "/p" : "/p?" + text);
      case "header" -> promise.get("/p", "X", text);
      default -> promise.get("/p", "Cookie", text);
    };
  }

  private static void check(
      String in, String style, String explode, String schema, String text, String expected) {
    Reading reading = read(in, style, explode, schema, text.replace("''", ""));
    boolean good = expected.equals("good");
    assertThat(reading.conforms()).as(text + " " + reading.explain()).isEqualTo(good);
    if (!good) {
      assertThat(reading.breach()).isEqualTo(Breach.valueOf(expected));
      assertThat(reading.explain()).isNotEmpty().allSatisfy(StylesTest::helps);
    }
  }

  private static void helps(Detail detail) {
    assertThat(detail.instanceLocation()).matches("(query|path|header|cookie)(/.*)?");
    assertThat(detail.message()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "integer | x=9 | good",
        "integer | x=10 | SCHEMA",
        "integer | x=-0 | SCHEMA",
        "integer | x=0 | good",
        "integer | x=01 | SCHEMA",
        "integer | x=%2B1 | SCHEMA",
        "integer | x=+1 | SCHEMA",
        "integer | x=1e0 | SCHEMA",
        "integer | x=1.0 | SCHEMA",
        "integer | x=1_0 | SCHEMA",
        "integer | x=0x1 | SCHEMA",
        "integer | x= | SCHEMA",
        "integer | x | SCHEMA",
        "integer | x=%201 | SCHEMA",
        "integer | x=%D9%A1 | SCHEMA",
        "integer | x=1&x=1 | REPEATED_PARAMETER",
        "integer | X=1 | UNDECLARED_PARAMETER",
        "integer | x[]=1 | UNDECLARED_PARAMETER",
        "integer | x=1&y=2 | UNDECLARED_PARAMETER",
        "number | x=1.50 | good",
        "number | x=-1e2 | good",
        "number | x=1E%2B2 | good",
        "number | x=1E+2 | SCHEMA",
        "number | x=.5 | SCHEMA",
        "number | x=5. | SCHEMA",
        "number | x=1e | SCHEMA",
        "number | x=1-2 | SCHEMA",
        "number | x=NaN | SCHEMA",
        "number | x=1,2 | SCHEMA",
        "boolean | x=true | good",
        "boolean | x=True | SCHEMA",
        "boolean | x=1 | SCHEMA",
        "boolean | x=tru | SCHEMA",
        "string | x=12345 | good",
        "string | x=123456 | SCHEMA",
        "string | x=a%2Cb | good",
        "string | x=null | good",
        "string | x=true | good",
        "string | x= | SCHEMA",
        "string | x=%22 | good",
        "string | x=%5C | good",
        "string | x=%F0%9F%98%80 | good",
        "enum | x=1 | good",
        "enum | x=a | good",
        "enum | x=true | good",
        "enum | x=2 | SCHEMA",
        "either | x=9 | good",
        "either | x=10 | good",
        "either | x=100 | SCHEMA",
        "either | x=ab | good",
        "nullable | x=null | good",
        "nullable | x=nul | SCHEMA",
        "nullable | x= | SCHEMA",
        "any | x=1e999 | good",
        "any | x=%7B | good",
      })
  void reads_single_values_of_the_query(String schema, String text, String expected) {
    check("query", "form", "true", schema, text, expected);
    check("query", "form", "false", schema, text, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "form | true | integers | x=1 | good",
        "form | true | integers | x=1&x=2&x=3 | good",
        "form | true | integers | x=1&x=2&x=3&x=4 | SCHEMA",
        "form | true | integers | x=1,2 | SCHEMA",
        "form | true | integers | x=1&x[]=2 | UNDECLARED_PARAMETER",
        "form | true | integers | x= | SCHEMA",
        "form | true | strings | x=&x=a | good",
        "form | true | strings | x=a,b | good",
        "form | true | nulls | x=1 | good",
        "form | true | oneOrMany | x=1 | good",
        "form | true | oneOrMany | x=1&x=2 | good",
        "form | true | oneOrMany | x=a | SCHEMA",
        "form | false | integers | x=1,2,3 | good",
        "form | false | integers | x=1,2,3,4 | SCHEMA",
        "form | false | integers | x=1%2C2 | SCHEMA",
        "form | false | integers | x=1,2&x=3 | REPEATED_PARAMETER",
        "form | false | integers | x=1,,2 | SCHEMA",
        "form | false | integers | x=1, | SCHEMA",
        "form | false | integers | x=,1 | SCHEMA",
        "form | false | integers | x=, | SCHEMA",
        "form | false | integers | x= | SCHEMA",
        "form | false | strings | x=a%2Cb,c | good",
        "form | false | strings | x=ab%2Cc,d | SCHEMA",
        "form | false | strings | x=a%2Cb,c,d | SCHEMA",
        "form | false | strings | x=a,b,c | good",
        "form | false | oneOrMany | x=1 | good",
        "form | false | oneOrMany | x=1,2 | good",
        "spaceDelimited | false | integers | x=1%202%203 | good",
        "spaceDelimited | false | integers | x=1+2+3 | good",
        "spaceDelimited | false | integers | x=1%20%202 | SCHEMA",
        "spaceDelimited | false | integers | x=1,2 | SCHEMA",
        "spaceDelimited | true | integers | x=1&x=2 | good",
        "pipeDelimited | false | integers | x=1%7C2%7C3 | good",
        "pipeDelimited | false | integers | x=1|2|3 | good",
        "pipeDelimited | false | integers | x=1| | SCHEMA",
        "pipeDelimited | false | integers | x=1|2|3|4 | SCHEMA",
        "pipeDelimited | true | integers | x=1&x=2 | good",
        "form | true | object | n=1 | good",
        "form | true | object | n=1&s=a | good",
        "form | true | object | s=a | SCHEMA",
        "form | true | object | n=1&n=2 | REPEATED_PARAMETER",
        "form | true | object | n=1&m=2 | UNDECLARED_PARAMETER",
        "form | true | object | x=n,1 | UNDECLARED_PARAMETER",
        "form | true | open | n=1&b=true | good",
        "form | true | open | n=1&b=1 | SCHEMA",
        "form | true | open | n=1&N=true | UNDECLARED_PARAMETER",
        "form | true | open | n=1&n[]=true | UNDECLARED_PARAMETER",
        "form | true | merged | n=1&b=true | good",
        "form | true | merged | n=1&b=1 | SCHEMA",
        "form | false | object | x=n,1,s,a | good",
        "form | false | object | x=n,1,s | SCHEMA",
        "form | false | object | x=s,a | SCHEMA",
        "form | false | object | x=n,1,n,1 | SCHEMA",
        "form | false | object | x=n,1,m,1 | SCHEMA",
        "form | false | object | x=n,1,s,a%2Cb | SCHEMA",
        "spaceDelimited | false | object | x=n%201%20s%20a | good",
        "pipeDelimited | false | object | x=n%7C1%7Cs%7Ca | good",
        "deepObject | true | object | x[n]=1&x[s]=a | good",
        "deepObject | true | object | x%5Bn%5D=1 | good",
        "deepObject | true | object | x[n]=a | SCHEMA",
        "deepObject | true | object | x[n]=1&x[n]=2 | REPEATED_PARAMETER",
        "deepObject | true | object | x[m]=1&x[n]=1 | UNDECLARED_PARAMETER",
        "deepObject | true | object | x[N]=1 | UNDECLARED_PARAMETER",
        "deepObject | true | object | x=1 | UNDECLARED_PARAMETER",
        "deepObject | true | object | x[n][m]=1 | UNDECLARED_PARAMETER",
        "deepObject | true | object | x[n]]=1 | UNDECLARED_PARAMETER",
        "deepObject | true | object | x[n=1 | UNDECLARED_PARAMETER",
        "deepObject | true | object | x[]=1 | UNDECLARED_PARAMETER",
        "deepObject | true | object | x.n=1 | UNDECLARED_PARAMETER",
        "deepObject | true | open | x[b]=true | good",
        "deepObject | true | open | x[b]=1 | SCHEMA",
        "deepObject | true | open | x[N]=true | UNDECLARED_PARAMETER",
        "deepObject | true | deep | x[t]=a | good",
        "deepObject | true | deep | x[t]=a&x[t]=b | good",
        "deepObject | true | deep | x[t][]=a&x[t][]=b | good",
        "deepObject | true | deep | x[t][]=a&x[t]=b | REPEATED_PARAMETER",
        "deepObject | true | deep | x[t][0]=a | UNDECLARED_PARAMETER",
        "deepObject | true | deep | x[n][]=1 | UNDECLARED_PARAMETER",
        "deepObject | true | deep | x[i][m]=1 | good",
        "deepObject | true | deep | x[i][m]=a | SCHEMA",
        "deepObject | true | deep | x[i][m][o]=1 | UNDECLARED_PARAMETER",
        "deepObject | true | deep | x[i]=1&x[i][m]=1 | REPEATED_PARAMETER",
        "deepObject | true | integers | x=1&x=2 | good",
        "deepObject | true | integers | x[]=1&x[]=2 | good",
        "deepObject | true | integers | x[]=1&x=2 | REPEATED_PARAMETER",
        "deepObject | true | integers | x[0]=1 | UNDECLARED_PARAMETER",
        "deepObject | true | integers | x[]=a | SCHEMA",
        "deepObject | false | deep | x[n]=1 | good",
      })
  void reads_lists_and_objects_of_the_query(
      String style, String explode, String schema, String text, String expected) {
    check("query", style, explode, schema, text, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "simple | false | integer | 9 | good",
        "simple | false | integer | 10 | SCHEMA",
        "simple | false | string | a%2Cb | good",
        "simple | false | string | a,b | good",
        "simple | false | integers | 1,2,3 | good",
        "simple | true | integers | 1,2,3 | good",
        "simple | false | integers | 1%2C2 | SCHEMA",
        "simple | false | integers | 1,,2 | SCHEMA",
        "simple | false | integers | 1, | SCHEMA",
        "simple | false | strings | a%2Cb,c | good",
        "simple | false | strings | a%2Cb,c,d | SCHEMA",
        "simple | false | object | n,1,s,a | good",
        "simple | false | object | n=1,s=a | SCHEMA",
        "simple | true | object | n=1,s=a | good",
        "simple | true | object | n=1,s=a=b | good",
        "simple | true | object | n,1 | SCHEMA",
        "simple | true | object | n=1,n=2 | SCHEMA",
        "label | false | integer | .5 | good",
        "label | false | integer | 5 | SCHEMA",
        "label | false | number | .1.5 | good",
        "label | false | integers | .1,2 | good",
        "label | false | integers | 1,2 | SCHEMA",
        "label | true | integers | .1.2 | good",
        "label | true | integers | .1,2 | SCHEMA",
        "label | true | integers | .1..2 | SCHEMA",
        "label | false | object | .n,1,s,a | good",
        "label | true | object | .n=1.s=a | good",
        "label | true | object | .n=1,s=a | SCHEMA",
        "matrix | false | integer | ;x=5 | good",
        "matrix | false | integer | 5 | SCHEMA",
        "matrix | false | integer | ;y=5 | SCHEMA",
        "matrix | false | integer | ;x | SCHEMA",
        "matrix | false | string | ;x=a | good",
        "matrix | false | integers | ;x=1,2 | good",
        "matrix | false | integers | ;x=1;x=2 | SCHEMA",
        "matrix | true | integers | ;x=1;x=2 | good",
        "matrix | true | integers | ;x=1;y=2 | SCHEMA",
        "matrix | true | integers | ;x=1;x= | SCHEMA",
        "matrix | false | object | ;x=n,1,s,a | good",
        "matrix | true | object | ;n=1;s=a | good",
        "matrix | true | object | ;n=1;m=a | SCHEMA",
      })
  void reads_the_path(String style, String explode, String schema, String text, String expected) {
    check("path", style, explode, schema, text, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "false | integer | 9 | good",
        "false | integer | 10 | SCHEMA",
        "false | string | a%2Cb | good",
        "false | integers | 1,2 | good",
        "false | integers | 1, 2 | good",
        "false | integers | 1,,2 | SCHEMA",
        "false | integers | 1,2, | SCHEMA",
        "true | integers | 1,2,3,4 | SCHEMA",
        "false | strings | a%2Cb | SCHEMA",
        "false | strings | a,b | good",
        "false | object | n,1,s,a | good",
        "true | object | n=1, s=a | good",
        "true | object | n=1;s=a | SCHEMA",
      })
  void reads_headers(String explode, String schema, String text, String expected) {
    check("header", "simple", explode, schema, text, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "form | true | integer | x=9 | good",
        "form | true | integer | x=10 | SCHEMA",
        "form | true | integer | x=1; x=2 | REPEATED_PARAMETER",
        "form | true | integer | X=a | good",
        "form | true | string | x=%C3%A9 | good",
        "form | true | string | x=%C3 | SCHEMA",
        "form | true | string | x=%zz | SCHEMA",
        "cookie | true | string | x=%zz | good",
        "form | true | integers | x=1; x=2 | good",
        "form | false | integers | x=1,2 | good",
        "form | false | integers | x=1%2C2 | SCHEMA",
        "cookie | true | integers | x=1; x=2 | good",
        "cookie | false | integers | x=1,2 | good",
        "cookie | false | integers | x=1,a | SCHEMA",
        "cookie | true | object | n=1; s=a | good",
        "cookie | true | object | n=1; n=1 | REPEATED_PARAMETER",
        "cookie | true | object | n=a; other=b | SCHEMA",
        "form | false | object | x=n,1,s,a | good",
      })
  void reads_cookies(String style, String explode, String schema, String text, String expected) {
    check("cookie", style, explode, schema, text, expected);
  }
}
