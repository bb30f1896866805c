package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import dev.gatewarden.acceptance.OwnGate.Line;
import dev.gatewarden.acceptance.OwnGate.Told;
import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.testkit.Requirement;
import dev.gatewarden.testkit.Waiting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A partner's key beside a user's token: what the partner may be makes nobody an admin who calls
/// through them.
class DeputyTest {
  private static final String PATHS =
      """
      /refunds:
        get:
          operationId: listRefunds
          security: [{key: [], user: []}]
          x-gatewarden-permission: {roles: [admin]}
          responses: {'200': {description: all, content: {application/json: {schema: {type: object}}}}}
      /own:
        get:
          operationId: listOwn
          security: [{key: []}]
          x-gatewarden-permission: {roles: [admin]}
          responses: {'200': {description: all, content: {application/json: {schema: {type: object}}}}}
      """;
  private static final String SCHEMES =
      """
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Api-Key}
          user: {type: http, scheme: bearer}
      """;

  private Echo service;
  private OwnIssuer issuer;
  private ECKey signing;
  private OwnGate gate;
  private String key;

  @BeforeEach
  void open() throws Exception {
    signing = OwnIssuer.key("k1");
    issuer = OwnIssuer.start(signing);
    service = Echo.answering(_ -> Answer.json(200, "{}"));
    gate =
        OwnGate.start(
            service.uri(),
            PATHS,
            SCHEMES,
            "security: {key: partners, user: corp}",
            "api-keys: {partners: {environment: live}}\nissuers: {corp: {url: '"
                + issuer.uri()
                + "', audience: own, algorithms: [ES256]}}\n");
    Cli made =
        Cli.run(
            gate.folder(),
            "keys",
            "issue",
            "--name",
            "app",
            "--for",
            "own.*",
            "--role",
            "admin",
            "--owner",
            "team",
            "--life",
            "30d");
    assertThat(made.code()).as(made.err()).isZero();
    key = made.out().strip();
  }

  @AfterEach
  void close() throws Exception {
    gate.close();
    service.close();
    issuer.close();
  }

  private String token(String... roles) throws Exception {
    Map<String, Object> claims = issuer.claims("own", "alice");
    claims.put("roles", List.of(roles));
    return issuer.token(signing, claims);
  }

  private Told asking(Line line, String path, String token) throws Exception {
    return line.get(path, "X-Api-Key: " + key, "Authorization: Bearer " + token);
  }

  @Test
  @Requirement(id = "AUT-5", without = "permission")
  void a_partner_who_is_an_admin_makes_no_admin_of_their_user() throws Exception {
    try (Line line = gate.line()) {
      Waiting.asking(
          "the key is known", () -> line.get("/own", "X-Api-Key: " + key).status() != 401);
      assertThat(asking(line, "/refunds", token("admin")).status()).isEqualTo(200);
      assertThat(line.get("/own", "X-Api-Key: " + key).status()).isEqualTo(200);
      assertThat(asking(line, "/refunds", token("customer")).status()).isEqualTo(403);
    }
  }
}
