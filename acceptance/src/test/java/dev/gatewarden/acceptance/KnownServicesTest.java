package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.Requirement;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Contracts that others wrote of services that issue their own tokens, with an overlay that says
/// where.
class KnownServicesTest {
  private static final String VAMPI =
      """
      overlay: 1.0.0
      info: {title: where tokens pass, version: 1.0.0}
      actions:
      - target: $.paths['/users/v1/login'].post
        update:
          security: []
          x-gatewarden-login: {does: login, subject: body#/username, token: response.body#/auth_token}
      - target: $.paths['/users/v1/{username}/password'].put
        update:
          x-gatewarden-login: {does: password-change, subject: path.username}
      """;
  private static final String CONDUIT =
      """
      overlay: 1.0.0
      info: {title: where tokens pass, version: 1.0.0}
      actions:
      - target: $.paths['/users/login'].post
        update:
          security: []
          x-gatewarden-login: {does: login, subject: response.body#/user/username, token: response.body#/user/token}
      - target: $.paths['/users'].post
        update:
          security: []
          x-gatewarden-login: {does: login, subject: response.body#/user/username, token: response.body#/user/token}
      - target: $.paths['/user'].put
        update:
          x-gatewarden-login: {does: password-change, token: response.body#/user/token}
      """;

  @TempDir Path folder;

  @Test
  @Requirement(id = "JWT-15")
  void the_contract_of_conduit_goes_with_a_ledger() throws Exception {
    written("conduit", CONDUIT, "Token", URI.create("http://127.0.0.1:9"));

    Cli checked = Cli.run(folder, "check-config");

    assertThat(checked.code()).as(checked.out() + checked.err()).isZero();
  }

  @Test
  @Requirement(id = "JWT-15", without = "issued-here")
  void a_forged_token_does_not_reach_vampi() throws Exception {
    try (WeakService service = new WeakService();
        HttpClient client = HttpClient.newHttpClient()) {
      written("vampi", VAMPI, "bearerAuth", service.uri());
      try (Opened gate = Opened.over(folder)) {
        URI at = gate.uri();
        HttpResponse<String> login =
            client.send(
                HttpRequest.newBuilder(at.resolve("/users/v1/login"))
                    .header("content-type", "application/json")
                    .POST(
                        BodyPublishers.ofString("{\"username\":\"alice\",\"password\":\"pass1\"}"))
                    .build(),
                BodyHandlers.ofString());
        assertThat(login.statusCode()).isEqualTo(200);
        String token = login.body().replaceAll("(?s).*\"auth_token\":\"([^\"]*)\".*", "$1");
        int before = service.asked();

        assertThat(me(client, at, WeakService.forged("alice"))).isEqualTo(401);
        assertThat(service.asked()).isEqualTo(before);
        assertThat(me(client, at, token)).isNotEqualTo(401);
        assertThat(service.asked()).isEqualTo(before + 1);
      }
    }
  }

  private static int me(HttpClient client, URI at, String token) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(at.resolve("/me"))
                .header("authorization", "Bearer " + token)
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private void written(String contract, String overlay, String scheme, URI service)
      throws Exception {
    Files.writeString(folder.resolve("overlay.yaml"), overlay);
    Files.copy(Corpora.file("openapi/" + contract + ".yaml"), folder.resolve("own.yaml"));
    Files.writeString(
        folder.resolve("gatewarden.yaml"),
        """
        gatewarden: 1
        listen: {public: {port: 0}, admin: {port: 0}}
        ledgers: {own: {}}
        apis:
          own:
            contract: own.yaml
            overlay: overlay.yaml
            at: {path: /}
            upstream: {to: ['SERVICE'], identity: forward}
            security: {SCHEME: own}
            tenancy: single
        store: none
        decisions: none
        exceptions:
        - {guard: object-owner, operation: own.*, mode: observe, because: others wrote it, owner: tests, until: 2099-01-01}
        - {guard: response-schema, operation: own.*, mode: observe, because: others wrote it, owner: tests, until: 2099-01-01}
        """
            .replace("SERVICE", service.toString())
            .replace("SCHEME", scheme));
  }
}
