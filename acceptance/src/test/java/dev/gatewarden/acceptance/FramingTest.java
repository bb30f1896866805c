package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A request that could be read in two ways is read in none.
class FramingTest {

  private static final String BODY =
      "{\"items\":[{\"sku\":\"CUP-6\",\"quantity\":1}],\"shipTo\":\"x\"}";

  private static ShopAtTheGate shop;
  private static String token;
  private static String host;

  @BeforeAll
  static void open() throws Exception {
    shop = ShopAtTheGate.start();
    shop.side().reset();
    token = shop.side().token(ALICE);
    host = shop.uri().getAuthority();
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  static Stream<Arguments> ambiguous() {
    return Stream.of(
        head("two lengths", "Content-Length: 3", "Content-Length: 4"),
        head("two lengths in one", "Content-Length: 3, 4"),
        head("length and chunks", "Content-Length: 3", "Transfer-Encoding: chunked"),
        head("a signed length", "Content-Length: +2"),
        head("a length in hex", "Content-Length: 0x2"),
        head("an unknown coding", "Transfer-Encoding: xchunked"),
        head("identity and chunked", "Transfer-Encoding: identity, chunked"),
        head("chunked twice", "Transfer-Encoding: chunked, chunked"),
        head("chunked, not last", "Transfer-Encoding: chunked, gzip"),
        head("white space before the colon", "Content-Length : 3"),
        head("a folded line", "X-Folded: a", " b"),
        head("two hosts", "Host: other.example"),
        head("a control character", "X-Control: a\u0001b"),
        head("a nul", "X-Nul: a\u0000b"),
        head("a bare carriage return", "X-Bare: a\rTransfer-Encoding: chunked"),
        head("no name", ": nameless"));
  }

  private static Arguments head(String title, String... lines) {
    return Arguments.argumentSet(title, List.of(lines));
  }

  @ParameterizedTest
  @MethodSource("ambiguous")
  void refuses_and_hangs_up(List<String> lines) throws Exception {
    int before = shop.shop().served();
    String told =
        Wire.talk(
            shop.uri(),
            "POST /v1/orders HTTP/1.1\r\nHost: "
                + host
                + "\r\nAuthorization: Bearer "
                + token
                + "\r\nContent-Type: application/json\r\n"
                + String.join("\r\n", lines)
                + "\r\n\r\n"
                + "0\r\n\r\nGET /v1/orders HTTP/1.1\r\nHost: "
                + host
                + "\r\nAuthorization: Bearer "
                + token
                + "\r\n\r\n");

    assertThat(Wire.status(told)).isBetween(400, 501);
    assertThat(Wire.answers(told)).isEqualTo(1);
    assertThat(shop.shop().served()).isEqualTo(before);
  }

  @Test
  void refuses_a_request_without_a_host() throws Exception {
    String told = Wire.talk(shop.uri(), "GET /v1/orders HTTP/1.1\r\n\r\n");

    assertThat(Wire.status(told)).isEqualTo(400);
  }

  @Test
  void refuses_chunks_of_no_clear_size() throws Exception {
    int before = shop.shop().served();
    for (String size : List.of("+5", "0x5", "5 ", "-1", "fffffffffffffffff", "")) {
      String told =
          Wire.talk(
              shop.uri(), post("Transfer-Encoding: chunked") + size + "\r\nhello\r\n0\r\n\r\n");

      assertThat(Wire.status(told)).as("chunk size `%s`", size).isEqualTo(400);
    }
    assertThat(shop.shop().served()).isEqualTo(before);
  }

  @Test
  void what_was_judged_is_what_arrives() throws Exception {
    int before = shop.shelves().orders().size();
    int half = BODY.length() / 2;
    String told =
        Wire.talk(
            shop.uri(),
            post("Transfer-Encoding: chunked", "Connection: close")
                + Integer.toHexString(half)
                + "\r\n"
                + BODY.substring(0, half)
                + "\r\n"
                + Integer.toHexString(BODY.length() - half)
                + "\r\n"
                + BODY.substring(half)
                + "\r\n0\r\n\r\n");

    assertThat(Wire.status(told)).isEqualTo(201);
    assertThat(shop.shelves().orders()).hasSize(before + 1);
  }

  @Test
  void answers_requests_in_the_order_they_came() throws Exception {
    String get = "GET /v1/profile HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + token;
    String told =
        Wire.talk(
            shop.uri(),
            get
                + "\r\n\r\nGET /nowhere HTTP/1.1\r\nHost: "
                + host
                + "\r\n\r\n"
                + get
                + "\r\nConnection: close\r\n\r\n");

    assertThat(Wire.answers(told)).isEqualTo(3);
    assertThat(told.indexOf("404")).isGreaterThan(told.indexOf("200"));
  }

  @Test
  void forged_forwarding_and_identity_headers_do_not_arrive() throws Exception {
    try (Echo service = Echo.start();
        ShopAtTheGate other =
            ShopAtTheGate.start(
                java.util.Set.of(),
                files -> ShopAtTheGate.unlimited(files).upstream(service.uri()))) {
      String told =
          Wire.talk(
              other.uri(),
              "GET /v1/orders HTTP/1.1\r\nHost: "
                  + other.uri().getAuthority()
                  + "\r\nAuthorization: Bearer "
                  + other.side().token(ALICE)
                  + "\r\nX-Forwarded-For: 10.0.0.1\r\nForwarded: for=10.0.0.1\r\n"
                  + "X-Forwarded-Host: admin.example\r\nX-Real-IP: 10.0.0.1\r\n"
                  + "Connection: close, X-Secret-Hop\r\nX-Secret-Hop: 1\r\n"
                  + "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n\r\n");

      assertThat(Wire.status(told)).isEqualTo(200);
      assertThat(service.last().headers().toString()).doesNotContain("10.0.0.1", "admin.example");
      assertThat(service.last().headers()).doesNotContainKey("x-secret-hop");
      assertThat(service.last().header("traceparent"))
          .startsWith("00-0af7651916cd43dd8448eb211c80319c-");
    }
  }

  private static String post(String... lines) {
    return "POST /v1/orders HTTP/1.1\r\nHost: "
        + host
        + "\r\nAuthorization: Bearer "
        + token
        + "\r\nContent-Type: application/json\r\n"
        + String.join("\r\n", lines)
        + "\r\n\r\n";
  }
}
