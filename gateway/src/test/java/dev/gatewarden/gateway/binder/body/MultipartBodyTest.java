package dev.gatewarden.gateway.binder.body;

import static dev.gatewarden.gateway.binder.body.Forms.body;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.ObjectUse;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Upload;
import dev.gatewarden.gateway.binder.Binding;
import dev.gatewarden.gateway.binder.RequestBinder.Bound;
import org.junit.jupiter.api.Test;

/// Parts are judged as the properties they stand for.
class MultipartBodyTest {
  private static final Forms FORM =
      Forms.of(
          """
          {"type":"object","required":["title"],"properties":{
            "title":{"type":"string","minLength":2,"maxLength":5},
            "count":{"type":"integer","maximum":9},
            "meta":{"type":"object","properties":{"a":{"type":"integer"}}},
            "tags":{"type":"array","maxItems":2,"items":{"type":"string"}},
            "photo":{"type":"string","contentMediaType":"image/png","maxLength":4},
            "seal":{"type":"string","contentEncoding":"base64"},
            "free":{},
            "role":{"type":"string","x-gatewarden-write":["role:admin"]}}}
          """);
  private static final String TITLE = "name=\"title\"";

  private static Call call(Bound bound) {
    assertThat(bound).isInstanceOf(Bound.Calls.class);
    return ((Bound.Calls) bound).each().getFirst();
  }

  private static void passes(String... parts) {
    Reading reading = call(FORM.bind(body(parts))).body();
    assertThat(reading.explain()).isEmpty();
    assertThat(reading.conforms()).isTrue();
  }

  private static void fails(String where, String... parts) {
    Reading reading = call(FORM.bind(body(parts))).body();
    assertThat(reading.conforms()).isFalse();
    assertThat(reading.explain()).extracting(Detail::instanceLocation).contains(where);
  }

  @Test
  void takes_a_text_within_its_bounds() {
    passes(TITLE, "ab");
    passes(TITLE, "abcde");
    fails("/title", TITLE, "a");
    fails("/title", TITLE, "abcdef");
  }

  @Test
  void wants_what_is_required_and_refuses_what_is_unknown() {
    fails("", "name=\"count\"", "1");
    fails("/admin", TITLE, "abc", "name=\"admin\"", "true");
    fails("/Title", TITLE, "abc", "name=\"Title\"", "x");
  }

  @Test
  void takes_a_number_as_a_number() {
    passes(TITLE, "abc", "name=\"count\"", "9");
    fails("/count", TITLE, "abc", "name=\"count\"", "10");
    fails("/count", TITLE, "abc", "name=\"count\"", "01");
    fails("/count", TITLE, "abc", "name=\"count\"", " 1");
    fails("/count", TITLE, "abc", "name=\"count\"", "1,\"role\":\"admin\"");
    passes(TITLE, "12345");
  }

  @Test
  void takes_an_object_as_json_that_says_so() {
    String json = "name=\"meta\"; filename=\"blob\"\r\nContent-Type: application/json";
    passes(TITLE, "abc", json, "{\"a\":1}");
    fails("/meta/a", TITLE, "abc", json, "{\"a\":\"x\"}");
    fails("/meta/b", TITLE, "abc", json, "{\"b\":1}");
    fails("/meta", TITLE, "abc", json, "{\"a\":1},\"role\":\"admin\"");
    fails("/meta", TITLE, "abc", json, "{\"a\":1}}");
    fails("/meta", TITLE, "abc", json, "");
    fails("/meta", TITLE, "abc", "name=\"meta\"", "{\"a\":1}");
    fails("/meta", TITLE, "abc", json + "; charset=utf-16", "{\"a\":1}");
  }

  @Test
  void takes_a_name_twice_only_where_a_list_is_promised() {
    fails("/title", TITLE, "abc", TITLE, "abd");
    passes(TITLE, "abc", "name=\"tags\"", "x");
    passes(TITLE, "abc", "name=\"tags\"", "x", "name=\"count\"", "1", "name=\"tags\"", "y");
    fails("/tags", TITLE, "abc", "name=\"tags\"", "x", "name=\"tags\"", "y", "name=\"tags\"", "z");
  }

  @Test
  void counts_the_bytes_of_a_file_and_hands_it_on() {
    String png = "name=\"photo\"; filename=\"a.png\"\r\nContent-Type: image/png";
    Reading reading = call(FORM.bind(body(TITLE, "abc", png, "\u0089PNG"))).body();

    assertThat(reading.conforms()).isTrue();
    Upload only = reading.uploads().getFirst();
    assertThat(only.where()).isEqualTo("/photo");
    assertThat(only.fileName()).isEqualTo("a.png");
    assertThat(only.promised()).isTrue();
    assertThat(only.bytes().copy()).containsExactly(0x89, 'P', 'N', 'G');
    fails("/photo", TITLE, "abc", png, "\u0089PNGx");
    fails("/photo", TITLE, "abc", png.replace("image/png", "image/gif"), "x");
    fails("/photo", TITLE, "abc", "name=\"photo\"; filename=\"a.png\"", "x");
  }

  @Test
  void does_not_take_a_file_for_a_text_that_a_service_would_miss() {
    fails("/title", "name=\"title\"; filename=\"t\"", "abc");
    fails("/title", TITLE + "\r\nContent-Type: text/html", "abc");
    fails("/title", TITLE + "\r\nContent-Type: text/plain; charset=utf-7", "abc");
    fails("/title", TITLE, "\u00EF\u00BB\u00BFabc");
    fails("/title", TITLE, "ab\u00FF");
    fails("/title", TITLE + "\r\nX-Other: 1", "abc");
  }

  @Test
  void looks_into_base64() {
    Reading reading = call(FORM.bind(body(TITLE, "abc", "name=\"seal\"", "UEsDBA=="))).body();

    assertThat(reading.uploads().getFirst().bytes().copy()).containsExactly('P', 'K', 3, 4);
    fails("/seal", TITLE, "abc", "name=\"seal\"", "UEs*");
  }

  @Test
  void a_restricted_part_is_marked_like_a_property() {
    Reading reading = call(FORM.bind(body(TITLE, "abc", "name=\"role\"", "admin"))).body();

    assertThat(reading.marks()).hasSize(1);
    assertThat(reading.marks().getFirst().meaning()).isInstanceOf(Reading.Meaning.Writable.class);
  }

  @Test
  void a_body_that_is_cut_wrong_is_not_complete() {
    Reading reading = call(FORM.bind("preamble" + body(TITLE, "abc"))).body();

    assertThat(reading.conforms()).isFalse();
    assertThat(reading.complete()).isFalse();
    assertThat(reading.explain()).hasSize(1);
  }

  private static final String ORDERS =
      """
      {"schema":{"type":"object","properties":{"id":{"type":"string"},
      "ids":{"type":"array","items":{"type":"string"}},"file":{"type":"string","format":"binary"}}}}
      """;
  private static final String ID = "{\"type\":\"order\",\"does\":\"update\",\"id\":\"part.id\"}";

  @Test
  void a_part_names_an_object() {
    Forms form = new Forms("3.0.3", ORDERS, ID);

    assertThat(call(form.bind(body("name=\"id\"", "o1"))).objects())
        .extracting(ObjectUse::id)
        .containsExactly("o1");
    assertThat(form.bind(body("name=\"ids\"", "o1")))
        .isInstanceOfSatisfying(
            Bound.Refused.class,
            refused -> assertThat(refused.why()).isEqualTo(Binding.OBJECT_NOT_NAMED));
    assertThat(form.bind("x" + body("name=\"id\"", "o1")))
        .isInstanceOfSatisfying(
            Bound.Refused.class,
            refused -> assertThat(refused.why()).isEqualTo(Binding.OBJECT_NOT_NAMED));
  }

  @Test
  void a_name_that_stands_twice_names_no_object_behind_the_gates_back() {
    Forms form = new Forms("3.0.3", ORDERS, ID);
    Call call = call(form.bind(body("name=\"id\"", "mine", "name=\"id\"", "foreign")));

    assertThat(call.body().conforms()).isFalse();
    assertThat(call.body().complete()).isFalse();
  }

  @Test
  void a_file_cannot_be_bound_to_an_object() {
    assertThat(
            Forms.problems(ORDERS, "{\"type\":\"order\",\"does\":\"update\",\"id\":\"part.file\"}"))
        .hasSize(1);
  }

  @Test
  void encoding_says_which_types_and_headers_a_part_may_have() {
    Forms form =
        new Forms(
            "3.0.3",
            """
            {"schema":{"type":"object","properties":{"doc":{"type":"string"}}},
            "encoding":{"doc":{"contentType":"image/*, application/pdf",
            "headers":{"X-Pages":{"required":true,"schema":{"type":"integer","maximum":3}}}}}}
            """,
            "\"none\"");
    String pdf = "name=\"doc\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf";

    assertThat(call(form.bind(body(pdf + "\r\nX-Pages: 3", "x"))).body().explain()).isEmpty();
    assertThat(call(form.bind(body(pdf + "\r\nX-Pages: 4", "x"))).body().conforms()).isFalse();
    assertThat(call(form.bind(body(pdf, "x"))).body().conforms()).isFalse();
    String text = pdf.replace("application/pdf", "text/plain");
    assertThat(call(form.bind(body(text + "\r\nX-Pages: 3", "x"))).body().conforms()).isFalse();
  }
}
