package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.acceptance.probing.Stub.Asked;
import dev.gatewarden.acceptance.probing.Stub.Said;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that have to prove who they are, at an authorization server on a host of its own, which
/// is found by its metadata.
class ConfidentialTest {
  private static final String SECRET = "s3cret of the backend";
  private static final String REDIRECT = "https://app.example/callback";

  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Me, version: 1.0.0}
      servers: [{url: http://127.0.0.1:9100}]
      security: [{bearer: []}]
      paths:
        /me: {get: {operationId: me, x-gatewarden-object: {none: the caller}, responses: {'200': {description: it}}}}
      components:
        securitySchemes: {bearer: {type: http, scheme: bearer}}
      """;

  @TempDir Path folder;

  /// A small authorization server that does everything right, but for what it is told.
  private static final class Server implements Function<Asked, Said> {
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final Map<String, String> codes = new ConcurrentHashMap<>();
    private final KeyPair keys;
    private final String way;
    private final boolean lax;
    private volatile URI at = URI.create("http://127.0.0.1");

    Server(KeyPair keys, String way, boolean lax) {
      this.keys = keys;
      this.way = way;
      this.lax = lax;
    }

    @Override
    public Said apply(Asked asked) {
      return switch (asked.line()) {
        case "GET /.well-known/oauth-authorization-server" ->
            Said.json(
                200,
                "{\"issuer\":\"%s\",\"authorization_endpoint\":\"%s/a\",\"token_endpoint\":\"%s/t\"}"
                    .formatted(at, at, at));
        case "POST /login" ->
            fields(asked.body()).getOrDefault("password", "").equals("alice-knows")
                ? new Said(204, Map.of("Set-Cookie", "sso=alice; HttpOnly"), "")
                : Said.of(401);
        case "GET /a" -> code(asked);
        case "POST /t" -> token(asked);
        default -> Said.of(404);
      };
    }

    private Said code(Asked asked) {
      Map<String, String> query = fields(asked.query());
      boolean right =
          asked.header("cookie").equals("sso=alice")
              && query.getOrDefault("redirect_uri", "").equals(REDIRECT)
              && asked.query().split("redirect_uri=", -1).length == 2
              && query.getOrDefault("response_type", "").equals("code")
              && query.getOrDefault("code_challenge_method", "").equals("S256")
              && query.containsKey("state");
      if (!right) {
        return Said.of(400);
      }
      String code = "code-" + codes.size();
      codes.put(code, query.get("client_id") + " " + query.get("code_challenge"));
      return new Said(
          303, Map.of("Location", REDIRECT + "?code=" + code + "&state=" + query.get("state")), "");
    }

    private Said token(Asked asked) {
      Map<String, String> form = fields(asked.body());
      if (!form.getOrDefault("grant_type", "").equals("authorization_code")) {
        return Said.json(400, "{\"error\":\"unsupported_grant_type\"}");
      }
      String[] code = codes.getOrDefault(form.getOrDefault("code", ""), "").split(" ", -1);
      String client = proved(asked, form);
      if (code.length != 2
          || !client.equals(code[0])
          || !challenge(form.getOrDefault("code_verifier", "")).equals(code[1])) {
        return Said.json(400, "{\"error\":\"invalid_grant\"}");
      }
      codes.remove(form.get("code"));
      String token = "access-token-" + tokens.size() + "-of-alice";
      tokens.add("Bearer " + token);
      return Said.json(200, "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\"}");
    }

    /// Who proved to be which client; empty for nobody.
    private String proved(Asked asked, Map<String, String> form) {
      if (lax) {
        String basic = basic(asked);
        return basic.isEmpty() ? form.getOrDefault("client_id", "") : basic.split(":", -1)[0];
      }
      return switch (way) {
        case "client_secret_basic" -> basic(asked).equals("backend:" + SECRET) ? "backend" : "";
        case "client_secret_post" ->
            form.getOrDefault("client_secret", "").equals(SECRET)
                ? form.getOrDefault("client_id", "")
                : "";
        default -> signed(form.getOrDefault("client_assertion", "")) ? "backend" : "";
      };
    }

    private static String basic(Asked asked) {
      String header = asked.header("authorization");
      return header.startsWith("Basic ")
          ? URLDecoder.decode(
              new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8),
              StandardCharsets.UTF_8)
          : "";
    }

    private boolean signed(String assertion) {
      String[] parts = assertion.split("\\.", -1);
      if (parts.length != 3) {
        return false;
      }
      try {
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(keys.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        return signature.verify(Base64.getUrlDecoder().decode(parts[2]))
            && claims.contains("\"sub\":\"backend\"")
            && claims.contains(at + "/t");
      } catch (GeneralSecurityException wrong) {
        return false;
      }
    }
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return fields;
  }

  private static String challenge(String verifier) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Cli probed(String way, boolean lax) throws IOException, GeneralSecurityException {
    KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
    curve.initialize(256);
    KeyPair keys = curve.generateKeyPair();
    Files.writeString(
        folder.resolve("backend.pem"),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
    Server server = new Server(keys, way, lax);
    try (Stub issuer = Stub.of(server);
        Stub api =
            Stub.of(
                asked ->
                    server.tokens.contains(asked.header("authorization"))
                            || asked.header("authorization").equals("Bearer alice-token")
                        ? Said.of(asked.path().equals("/me") ? 200 : 404)
                        : Said.of(401))) {
      server.at = issuer.uri();
      String identities =
          """
          identities:
            alice: {token: alice-token, user: alice, password: alice-knows}
          oauth:
            issuer: %s
            login: {url: %s/login, form: [user, password]}
            clients:
              backend: {redirect_uri: %s, %s, authentication: %s}
          """
              .formatted(
                  issuer.uri(),
                  issuer.uri(),
                  REDIRECT,
                  way.equals("private_key_jwt") ? "key: file:backend.pem" : "secret: " + SECRET,
                  way);
      Cli refused = api.probe(folder, CONTRACT, identities);
      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.err()).contains("is not to be called; name it by `--allow`");
      return api.probe(
          folder, CONTRACT, identities, "--allow", issuer.authority(), "--log", "sent.log");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_secret_basic", "client_secret_post", "private_key_jwt"})
  @Requirement(id = "TST-11")
  void is_silent_where_clients_prove_who_they_are(String way)
      throws IOException, GeneralSecurityException {
    Cli ran = probed(way, false);

    assertThat(ran.out()).as(ran.err()).contains("1 low;").doesNotContain("high", "medium");
    assertThat(Files.readString(folder.resolve("sent.log")))
        .contains(
            "\"operation\":\"metadata\"",
            "\"operation\":\"login of alice\"",
            "\"operation\":\"token\",\"number\"")
        .containsPattern("\"probe\":\"client-proof\",\"operation\":\"token\".*\"status\":200")
        .containsPattern("\"probe\":\"client-proof\",\"operation\":\"token\".*\"status\":400")
        .doesNotContain(SECRET, "alice-knows", "access-token-0");
  }

  @Test
  @Requirement(id = "TST-11", without = "client-proof")
  void finds_clients_that_need_not_prove_who_they_are()
      throws IOException, GeneralSecurityException {
    assertThat(probed("client_secret_basic", true).out())
        .contains(
            "`backend`, which is confidential, is given a token and proves itself by nothing");
  }
}
