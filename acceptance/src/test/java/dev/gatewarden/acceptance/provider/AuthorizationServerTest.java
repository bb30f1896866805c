package dev.gatewarden.acceptance.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The authorization server offers what the tests of identity need.
class AuthorizationServerTest {
  private static final JsonMapper JSON = new JsonMapper();
  private final AuthorizationServer server = AuthorizationServer.shared();
  private final Asking asking = server.asking();

  @Test
  void describes_itself() throws Exception {
    JsonNode metadata = get("/.well-known/oauth-authorization-server");
    assertThat(metadata.path("issuer").asString()).isEqualTo(server.issuer().toString());
    assertThat(get("/.well-known/openid-configuration").path("jwks_uri").asString())
        .isEqualTo(server.at("/oauth2/jwks").toString());
    for (String offered :
        new String[] {
          "introspection_endpoint",
          "revocation_endpoint",
          "device_authorization_endpoint",
          "pushed_authorization_request_endpoint",
          "dpop_signing_alg_values_supported"
        }) {
      assertThat(metadata.has(offered)).as(offered).isTrue();
    }
  }

  @Test
  void hands_out_tokens_for_clients_and_people() {
    JsonNode machine = claims(server.clientCredentials("orders:read"));
    assertThat(machine.path("aud").asString()).isEqualTo(AuthorizationServer.AUDIENCE);
    assertThat(machine.path("iss").asString()).isEqualTo(server.issuer().toString());
    JsonNode alice = claims(server.userToken("alice", "openid", "orders:read"));
    assertThat(alice.path("sub").asString()).isEqualTo("alice");
    assertThat(alice.path("org").asString()).isEqualTo("acme");
  }

  @Test
  void takes_a_refresh_token_once() {
    Asking.Tokens first =
        asking.code(AuthorizationServer.WEB, server.visitor("bob"), "openid", "orders:read");
    assertThat(first.id()).isNotEmpty();
    Asking.Tokens second = asking.refresh(AuthorizationServer.WEB, first.refresh());
    assertThat(second.access()).isNotEqualTo(first.access());
    assertThat(
            asking
                .post(
                    "/oauth2/token",
                    AuthorizationServer.WEB,
                    Map.of("grant_type", "refresh_token", "refresh_token", first.refresh()))
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void introspects_and_revokes_opaque_tokens() {
    String token = server.opaqueToken("alice", "orders:read");
    assertThat(token).doesNotContain(".");
    JsonNode said = asking.introspect(token);
    assertThat(said.path("active").asBoolean()).isTrue();
    assertThat(said.path("sub").asString()).isEqualTo("alice");
    asking.revoke(AuthorizationServer.WEB_OPAQUE, token);
    assertThat(asking.introspect(token).path("active").asBoolean()).isFalse();
  }

  @Test
  void exchanges_a_token_for_one_of_another_audience() {
    String token = server.userToken("alice", "orders:read");
    JsonNode narrow = claims(asking.exchange(token, "https://orders.internal").access());
    assertThat(narrow.path("aud").asString()).isEqualTo("https://orders.internal");
    assertThat(narrow.path("sub").asString()).isEqualTo("alice");
  }

  @Test
  void lets_a_device_in_when_a_person_says_so() {
    HttpResponse<String> begun =
        bare("/oauth2/device_authorization", Map.of("client_id", "device", "scope", "orders:read"));
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
    JsonNode codes = JSON.readTree(begun.body());
    Map<String, String> poll =
        Map.of(
            "grant_type",
            "urn:ietf:params:oauth:grant-type:device_code",
            "client_id",
            "device",
            "device_code",
            codes.path("device_code").asString());
    assertThat(bare("/oauth2/token", poll).body()).contains("authorization_pending");
    server.visitor("carol").activate(codes.path("user_code").asString());
    HttpResponse<String> done = bare("/oauth2/token", poll);
    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    JsonNode tokens = JSON.readTree(done.body());
    assertThat(claims(tokens.path("access_token").asString()).path("sub").asString())
        .isEqualTo("carol");
    HttpResponse<String> again =
        bare(
            "/oauth2/token",
            Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                "device",
                "refresh_token",
                tokens.path("refresh_token").asString()));
    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
  }

  @Test
  void counts_what_it_serves() throws Exception {
    int before = server.served("/oauth2/jwks");
    get("/oauth2/jwks");
    assertThat(server.served("/oauth2/jwks")).isGreaterThan(before);
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.at(path)).build(),
                HttpResponse.BodyHandlers.ofString())
            .body());
  }

  private HttpResponse<String> bare(String path, Map<String, String> form) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(server.at(path))
                  .header("content-type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString(Asking.form(form)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  private static JsonNode claims(String token) {
    String payload = token.split("\\.", -1)[1];
    return JSON.readTree(
        new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
  }
}
