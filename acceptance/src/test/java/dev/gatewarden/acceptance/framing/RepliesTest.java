package dev.gatewarden.acceptance.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.OwnGate;
import dev.gatewarden.acceptance.OwnGate.Told;
import dev.gatewarden.acceptance.RawEcho;
import dev.gatewarden.acceptance.Wire;
import dev.gatewarden.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What leaves in heads: callers are told what the gate says, and services what callers may say.
@Timeout(120)
class RepliesTest {
  private static final String TRACE =
      "java.lang.IllegalStateException: secret\n\tat shop.Orders.read(Orders.java:41)";
  private static final String TUNING =
      SmugglingTest.TUNING.replace(
          "guards: {",
          "guards: {cors: {origins: ['https://app.example.com'], credentials: true}, ");

  private static volatile String answer = "";
  private static RawEcho service;
  private static OwnGate gate;

  @BeforeAll
  static void open() throws Exception {
    service = RawEcho.answering(_ -> answer.getBytes(StandardCharsets.ISO_8859_1));
    gate = OwnGate.start(service.uri(), SmugglingTest.PATHS, TUNING, "");
  }

  @AfterAll
  static void close() throws Exception {
    gate.close();
    service.close();
  }

  private static Told told(String status, String lines, String body, String... asked)
      throws Exception {
    answer =
        "HTTP/1.1 "
            + status
            + "\r\n"
            + lines
            + "content-length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    try (OwnGate.Line line = gate.line()) {
      return line.get("/held/x", asked);
    }
  }

  private static String json(String lines, String... asked) throws Exception {
    return told("200 OK", "content-type: application/json\r\n" + lines, "{}", asked)
        .head()
        .toLowerCase(Locale.ROOT);
  }

  @Test
  @Requirement(id = "DAT-7")
  void only_the_gate_says_where_else_over_what_and_under_which_id() throws Exception {
    String head =
        json(
            "Alt-Svc: h2=\"evil.example:443\"\r\n"
                + "Via: 1.1 inner\r\n"
                + "X-Request-Id: mine\r\n"
                + "Keep-Alive: timeout=5\r\n"
                + "Proxy-Authenticate: Basic\r\n"
                + "Upgrade: h2c\r\n"
                + "X-Accel-Redirect: /secret\r\n"
                + "X-Accel-Buffering: no\r\n"
                + "X-Sendfile: /etc/passwd\r\n"
                + "X-Forwarded-Host: inner\r\n"
                + "RateLimit: \"x\";r=1\r\n"
                + "X-RateLimit-Limit: 7\r\n"
                + "Connection: x-hop\r\n"
                + "X-Hop: 1\r\n"
                + "X-Own: kept\r\n");

    assertThat(head).contains("x-own: kept");
    assertThat(head)
        .doesNotContain(
            "alt-svc",
            "via:",
            "mine",
            "keep-alive",
            "proxy-",
            "upgrade",
            "x-accel",
            "x-sendfile",
            "x-forwarded",
            "\"x\";r=1",
            "x-ratelimit-limit: 7",
            "x-hop");
  }

  @Test
  @Requirement(id = "DAT-7", without = "security-headers")
  void nobody_learns_what_software_made_an_answer() throws Exception {
    String head =
        json(
            "Server: Apache/2.4.1\r\n"
                + "X-Powered-By: PHP/5.6\r\n"
                + "X-AspNet-Version: 4\r\n"
                + "X-Runtime: 0.1\r\n"
                + "X-Debug-Token: a\r\n"
                + "Server-Timing: db;dur=53\r\n"
                + "Strict-Transport-Security: max-age=0\r\n");

    assertThat(head)
        .doesNotContain("apache", "server:", "php", "aspnet", "x-runtime", "debug", "timing")
        .doesNotContain("strict-transport-security")
        .contains("x-content-type-options: nosniff", "referrer-policy: no-referrer");
  }

  @Test
  @Requirement(id = "DAT-7", without = "cors")
  void a_service_opens_nothing_to_scripts() throws Exception {
    String open =
        "Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Credentials: true\r\n"
            + "Access-Control-Allow-Private-Network: true\r\n";
    for (String origin :
        List.of(
            "null",
            "https://evil.example",
            "https://app.example.com.evil.example",
            "https://evilapp.example.com",
            "https://sub.app.example.com",
            "http://app.example.com",
            "https://app.example.com:8443",
            "https://app.example.com@evil.example",
            "https://app.example.com/",
            "HTTPS://APP.EXAMPLE.COM",
            "https://app.example.com https://evil.example",
            "*")) {
      assertThat(json(open, "Origin: " + origin)).as(origin).doesNotContain("access-control");
      assertThat(preflight(origin)).as(origin).doesNotContain("access-control-allow");
    }
    assertThat(json(open, "Origin: https://app.example.com"))
        .contains("access-control-allow-origin: https://app.example.com\r\n", "vary: origin")
        .doesNotContain("private-network", "allow-origin: *");
    int before = service.count();
    assertThat(preflight("https://app.example.com"))
        .startsWith("http/1.1 204")
        .contains("access-control-allow-origin: https://app.example.com\r\n");
    assertThat(service.count()).as("what the service saw of a preflight").isEqualTo(before);
  }

  private static String preflight(String origin) throws Exception {
    return Wire.talk(
            gate.uri(),
            "OPTIONS /none/x HTTP/1.1\r\nHost: own.example\r\nConnection: close\r\nOrigin: "
                + origin
                + "\r\nAccess-Control-Request-Method: POST\r\n\r\n")
        .toLowerCase(Locale.ROOT);
  }

  @Test
  @Requirement(id = "DAT-7", without = "plain-errors")
  void errors_of_services_become_plain_problems_with_the_id_of_the_decision() throws Exception {
    for (String status : List.of("500 Oops", "503 Busy", "400 Bad", "404 No")) {
      Told told = told(status, "content-type: text/html\r\nETag: \"s\"\r\n", TRACE);

      assertThat(told.status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
      String id = service.last().field("x-request-id").getFirst();
      assertThat(told.body())
          .contains("urn:gatewarden:decision:" + id)
          .doesNotContain("secret", "java");
      assertThat(told.head().toLowerCase(Locale.ROOT))
          .contains("application/problem+json", "x-request-id: " + id)
          .doesNotContain("etag", "html");
    }
    assertThat(told("500 Oops", "", "secret, and no type").body()).doesNotContain("secret");
    assertThat(told("404 No", "content-type: text/plain\r\n", "no such thing").body())
        .isEqualTo("no such thing");
  }

  /// What caches do not key by does not reach a service.
  @Test
  @Requirement(id = "DAT-7")
  void no_field_outside_the_address_says_which_address_is_meant() throws Exception {
    List<String> fields =
        List.of(
            "X-Forwarded-Host",
            "X-Forwarded-Server",
            "X-Forwarded-Scheme",
            "X-Forwarded-Prefix",
            "X-Forwarded-Path",
            "X-Forwarded",
            "Forwarded",
            "Forwarded-For",
            "X-Host",
            "X-Original-Host",
            "X-Host-Override",
            "X-HTTP-Host-Override",
            "X-Backend-Host",
            "X-Original-URL",
            "X-Original-URI",
            "X-Rewrite-URL",
            "X-HTTP-Method-Override",
            "X-HTTP-Method",
            "X-Method-Override",
            "X-Original-Method",
            "Front-End-Https",
            "X-Scheme",
            "X-Url-Scheme",
            "X-Remote-Addr",
            "X-Remote-IP",
            "X-Originating-IP",
            "X-Client-IP",
            "True-Client-IP",
            "X-Cluster-Client-IP",
            "X_Forwarded_Host",
            "x-forwarded_host",
            "X_Original_URL");
    for (String field : fields) {
      int before = service.count();
      Told told = told("200 OK", "content-type: application/json\r\n", "{}", field + ": /evil");
      if (service.count() > before) {
        assertThat(service.last().lines().toString()).as(field).doesNotContain("evil");
      } else {
        assertThat(told.status()).as(field).isBetween(400, 499);
      }
    }
  }

  @Test
  @Requirement(id = "DAT-7")
  void an_address_has_one_reading_and_no_second_place() throws Exception {
    answer = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
    int before = service.count();
    for (String request :
        List.of(
            "GET http://evil.example/held/x HTTP/1.1\r\nHost: own.example",
            "GET http://own.example:81/held/x HTTP/1.1\r\nHost: own.example",
            "GET http://u@own.example/held/x HTTP/1.1\r\nHost: own.example",
            "GET /held/x HTTP/1.1\r\nHost: own.example\r\nHost: evil.example",
            "GET /held/x HTTP/1.1\r\nHost: own.example.",
            "GET /held/x HTTP/1.1\r\nHost: own.example@evil.example",
            "GET /held/x HTTP/1.1\r\nHost: own.example:",
            "GET /held/x HTTP/1.1\r\nHost: own.example:080",
            "GET /held/x HTTP/1.1\r\nHost: \u00f6wn.example",
            "GET /held/x HTTP/1.1\r\nHost: own%2eexample",
            "GET /held/x HTTP/1.1\r\nHost: 2130706433",
            // a GET that says it in its body, and parameters that only some readers see
            "GET /held/x HTTP/1.1\r\n"
                + "Host: own.example\r\n"
                + "Content-Type: application/json\r\n"
                + "Content-Length: 2\r\n\r\n"
                + "{}",
            "GET /held/x?a=1;b=2&a=3 HTTP/1.1\r\nHost: own.example",
            "GET /held/x.css/..;/x HTTP/1.1\r\nHost: own.example",
            "GET /held/x/y.css HTTP/1.1\r\nHost: own.example",
            "GET /held/x%2fy.css HTTP/1.1\r\nHost: own.example",
            "GET /held/x;.css HTTP/1.1\r\nHost: own.example",
            "GET /held/x%00.css HTTP/1.1\r\nHost: own.example")) {
      String bare = request.endsWith("{}") ? request : request + "\r\nConnection: close\r\n\r\n";
      assertThat(Wire.status(Wire.talk(gate.uri(), bare))).as(request).isBetween(400, 499);
    }
    assertThat(service.count()).isEqualTo(before);
  }
}
