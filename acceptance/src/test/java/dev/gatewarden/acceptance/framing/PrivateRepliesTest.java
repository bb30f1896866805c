package dev.gatewarden.acceptance.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Opened;
import dev.gatewarden.acceptance.RawEcho;
import dev.gatewarden.acceptance.SelfSigned;
import dev.gatewarden.acceptance.Signed;
import dev.gatewarden.testkit.Requirement;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Answers to callers who proved who they are stay with them, and over TLS with TLS.
class PrivateRepliesTest {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Own, version: 1.0.0}
      components: {securitySchemes: {token: {type: http, scheme: bearer}}}
      security: [{token: []}]
      servers: [{url: /}]
      paths:
        /account:
          get: {operationId: account, x-gatewarden-object: {none: the caller's own}, responses: {'200': {description: it, content: {application/json: {schema: {}}}}}}
        /maybe:
          get: {operationId: maybe, security: [{token: []}, {}], x-gatewarden-object: {none: news}, responses: {'200': {description: it, content: {application/json: {schema: {}}}}}}
      """;
  private static final String CACHED =
      "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncache-control: public, max-age=600\r\n"
          + "expires: Thu, 01 Jan 2099 00:00:00 GMT\r\ncdn-cache-control: max-age=600\r\n"
          + "surrogate-control: max-age=600\r\nstrict-transport-security: max-age=0\r\n"
          + "content-length: 2\r\n\r\n{}";

  @TempDir private Path folder;

  @Test
  @Requirement(id = "DAT-7", without = "private-cache")
  void what_somebody_gets_is_for_no_cache() throws Exception {
    Signed corp = Signed.of("corp");
    try (RawEcho service = RawEcho.answering(_ -> CACHED.getBytes(StandardCharsets.ISO_8859_1));
        Opened gate =
            Opened.gate(
                folder, Opened.before(service.uri(), corp, "tenancy: single", ""), CONTRACT)) {
      String alice = corp.token("alice", "");
      HttpResponse<String> own = gate.get("/account", alice);

      assertThat(own.statusCode()).isEqualTo(200);
      assertThat(own.headers().allValues("cache-control")).containsExactly("private, no-store");
      assertThat(own.headers().allValues("vary")).contains("Authorization");
      assertThat(own.headers().map())
          .doesNotContainKeys("expires", "cdn-cache-control", "surrogate-control");
      HttpResponse<String> nobody = gate.get("/maybe", "");
      assertThat(nobody.headers().allValues("cache-control"))
          .containsExactly("public, max-age=600");
      assertThat(nobody.headers().allValues("vary")).contains("Authorization");

      int before = service.count();
      for (String deceiving :
          new String[] {
            "/account/x.css",
            "/account%2Fx.css",
            "/account;.css",
            "/account.css",
            "/account%3F.css",
            "/account/",
            "/account/..%2Fx.js"
          }) {
        HttpResponse<String> told = gate.get(deceiving, alice);
        assertThat(told.statusCode()).as(deceiving).isBetween(400, 499);
        assertThat(told.headers().allValues("cache-control")).containsExactly("no-store");
      }
      assertThat(service.count()).isEqualTo(before);
    }
  }

  @Test
  @Requirement(id = "DAT-1", without = "security-headers")
  void over_tls_browsers_are_told_to_stay_with_it() throws Exception {
    SelfSigned site = SelfSigned.in(folder);
    Signed corp = Signed.of("corp");
    String tls =
        "{port: 0, bind: 127.0.0.1, tls: {certificate: '"
            + site.certificate()
            + "', key: 'file:"
            + site.key()
            + "'}}";
    try (RawEcho service = RawEcho.answering(_ -> CACHED.getBytes(StandardCharsets.ISO_8859_1));
        Opened gate =
            Opened.gate(
                folder,
                Opened.before(service.uri(), corp, "tenancy: single", "")
                    .replace("public: {port: 0}", "public: " + tls),
                CONTRACT);
        HttpClient client = HttpClient.newBuilder().sslContext(site.trust()).build()) {
      for (String path : new String[] {"/maybe", "/account"}) {
        HttpResponse<String> told =
            client.send(
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + gate.port() + path))
                    .timeout(Duration.ofSeconds(30))
                    .header("Authorization", "Bearer " + corp.token("alice", ""))
                    .build(),
                BodyHandlers.ofString());
        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(told.headers().allValues("strict-transport-security"))
            .containsExactly("max-age=31536000");
      }
    }
  }
}
