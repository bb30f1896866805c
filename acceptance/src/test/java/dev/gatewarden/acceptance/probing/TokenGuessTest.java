package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.acceptance.probing.Stub.Asked;
import dev.gatewarden.acceptance.probing.Stub.Said;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Guessing at a token endpoint, beside a login that is slowed down.
class TokenGuessTest {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Me, version: 1.0.0}
      security: [{bearer: []}]
      paths:
        /me: {get: {operationId: me, x-gatewarden-object: {none: the caller}, responses: {'200': {description: it}}}}
      components:
        securitySchemes: {bearer: {type: http, scheme: bearer}}
      """;

  /// What becomes of whoever guesses.
  enum Then {
    NOTHING,
    TOLD_TO_WAIT,
    LOCKED_IN_SILENCE
  }

  @TempDir Path folder;

  /// A token endpoint that takes passwords, and codes of a client with a short secret.
  private record Server(Then then, AtomicInteger failed) implements Function<Asked, Said> {

    @Override
    public Said apply(Asked asked) {
      return switch (asked.line()) {
        case "POST /session" -> new Said(204, Map.of("Set-Cookie", "sso=alice; HttpOnly"), "");
        case "GET /a" ->
            new Said(302, Map.of("Location", "https://app.example/cb?code=a-code&state=s"), "");
        case "POST /t" -> token(asked);
        case "GET /me" ->
            Said.of(asked.header("authorization").startsWith("Bearer a-token") ? 200 : 401);
        default -> Said.of(404);
      };
    }

    private Said token(Asked asked) {
      boolean ends = then != Then.NOTHING && failed.get() > 8;
      if (ends && then == Then.TOLD_TO_WAIT) {
        return Said.of(429);
      }
      String body = "&" + URLDecoder.decode(asked.body(), StandardCharsets.UTF_8) + "&";
      String basic =
          new String(
              Base64.getDecoder().decode(asked.header("authorization").replaceFirst("Basic ", "")),
              StandardCharsets.UTF_8);
      boolean client = basic.isEmpty() || basic.equals("backend:short");
      boolean right =
          body.contains("&grant_type=password&")
              ? body.contains("&password=alice-knows&")
              : body.contains("&code=a-code&");
      if (client && right && !ends) {
        return Said.json(200, "{\"access_token\":\"a-token-of-alice-0123\"}");
      }
      failed.incrementAndGet();
      return Said.json(
          400, "{\"error\":\"" + (client ? "invalid_grant" : "invalid_client") + "\"}");
    }
  }

  private String told(Then then, String client) throws IOException {
    try (Stub api = Stub.of(new Server(then, new AtomicInteger()))) {
      String identities =
          """
          identities:
            alice: {token: a-token-of-alice, user: alice, password: alice-knows}
          oauth:
            authorize: /a
            token: /t
            login: {path: /session, form: [user, password]}
            clients: {backend: {redirect_uri: https://app.example/cb%s}}
          """
              .formatted(client);
      Cli ran = api.probe(folder, CONTRACT, identities);
      assertThat(ran.code()).as(ran.err()).isNotEqualTo(2);
      return ran.out();
    }
  }

  @Test
  @Requirement(id = "TST-11", without = "token-guessing")
  void finds_passwords_that_may_be_guessed() throws IOException {
    assertThat(told(Then.NOTHING, ""))
        .contains("16 wrong passwords in a row are answered 400 each");
  }

  @Test
  void finds_secrets_that_may_be_guessed() throws IOException {
    assertThat(told(Then.NOTHING, ", secret: short"))
        .contains("16 wrong secrets of `backend` in a row are answered 400 each");
  }

  @ParameterizedTest
  @CsvSource({"TOLD_TO_WAIT", "LOCKED_IN_SILENCE"})
  void is_silent_where_guessing_ends(Then then) throws IOException {
    assertThat(told(then, "")).doesNotContain("in a row");
    assertThat(told(then, ", secret: short")).doesNotContain("in a row");
  }
}
