package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.acceptance.OwnGate.Line;
import dev.gatewarden.acceptance.OwnGate.Told;
import dev.gatewarden.acceptance.state.OpenSocket;
import dev.gatewarden.acceptance.state.Things;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tokens of a service that verifies badly: what the gate saw being issued is accepted, nothing
/// else.
class LedgerTest {
  private static final String LOGIN =
      "{does: login, subject: body#/username, token: response.body#/auth_token,"
          + " renewal: response.body#/refresh_token}";
  private static final String ANY =
      "responses: {default: {description: said, content: {application/json: {schema: {type:"
          + " object}}}}}";
  private static final String BODY =
      "requestBody: {required: true, content: {application/json: {schema: {type: object,"
          + " properties: {username: {type: string, maxLength: 100}, password: {type: string,"
          + " maxLength: 100}, refresh_token: {type: string, maxLength: 1000}}}}}}";
  private static final String PATHS =
      """
      /users/v1/login:
        post:
          operationId: login
          security: []
          x-gatewarden-object: {none: nobody is proved yet}
          x-gatewarden-login: LOGIN
          BODY
          ANY
      /users/v1/logout:
        post:
          operationId: logout
          security: [{bearerAuth: []}]
          x-gatewarden-object: {none: the caller alone}
          x-gatewarden-login: {does: logout}
          ANY
      /users/v1/refresh:
        post:
          operationId: refresh
          security: []
          x-gatewarden-object: {none: the caller alone}
          x-gatewarden-login: {does: refresh, presents: body#/refresh_token, token: response.body#/auth_token, renewal: response.body#/refresh_token}
          BODY
          ANY
      /users/v1/{username}/password:
        put:
          operationId: changePassword
          security: [{bearerAuth: []}]
          x-gatewarden-object: {none: the service lets callers change their own alone}
          x-gatewarden-login: {does: password-change, subject: path.username}
          parameters: [{name: username, in: path, required: true, schema: {type: string, maxLength: 100}}]
          BODY
          ANY
      /me:
        get:
          operationId: me
          security: [{bearerAuth: []}]
          ANY
      """
          .replace("LOGIN", LOGIN)
          .replace("BODY", BODY)
          .replace("ANY", ANY);
  private static final String SCHEMES =
      """
      components:
        securitySchemes:
          bearerAuth: {type: http, scheme: bearer, bearerFormat: JWT}
      """;

  private WeakService service;
  private OwnGate gate;

  @BeforeEach
  void open() throws IOException {
    service = new WeakService();
    gate = started(PATHS, SCHEMES, "ledgers: {own: {overlap: 0s}}\n");
  }

  private OwnGate started(String paths, String schemes, String more) throws IOException {
    return OwnGate.start(
        service.uri(), "forward", paths, schemes, "security: {bearerAuth: own}", more);
  }

  @AfterEach
  void close() throws IOException {
    gate.close();
    service.close();
  }

  @Test
  @Requirement(id = "JWT-15")
  void a_forged_token_that_the_service_would_take_does_not_reach_it() throws Exception {
    try (Line line = gate.line()) {
      int before = service.asked();

      assertThat(me(line, WeakService.forged("alice")).status()).isEqualTo(401);
      assertThat(me(line, WeakService.unsigned("alice")).status()).isEqualTo(401);
      assertThat(service.asked()).isEqualTo(before);
    }
  }

  @Test
  @Requirement(id = "JWT-15", without = "issued-here")
  void the_token_of_a_login_opens_what_it_should() throws Exception {
    try (Line line = gate.line()) {
      String token = token(login(line, "alice", "pass1"));

      Told me = me(line, token);
      assertThat(me.status()).isEqualTo(200);
      assertThat(me.body()).contains("alice");
      String other = token.substring(0, token.length() - 2) + "AA";
      assertThat(me(line, other).status()).isEqualTo(401);
    }
    gate.stop();
    assertThat(gate.decisions()).contains("\"issuer\":\"own\",\"subject\":\"alice\"");
  }

  @Test
  @Requirement(id = "JWT-15")
  void a_login_that_failed_records_nothing() throws Exception {
    try (Line line = gate.line()) {
      assertThat(login(line, "alice", "guessed").status()).isEqualTo(401);
      service.mood = "always-200";
      assertThat(login(line, "alice", "guessed").status()).isEqualTo(200);
      service.mood = "refuses";
      Told refused = login(line, "alice", "pass1");
      assertThat(refused.status()).isEqualTo(403);

      assertThat(me(line, token(refused)).status()).isEqualTo(401);
    }
  }

  @Test
  @Requirement(id = "JWT-15")
  void an_answer_that_comes_packed_is_read_all_the_same() throws Exception {
    try (Line line = gate.line()) {
      service.mood = "packed";

      assertThat(me(line, token(login(line, "alice", "pass1"))).status()).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "JWT-15")
  void a_logout_ends_the_token_although_the_service_would_go_on_taking_it() throws Exception {
    try (Line line = gate.line()) {
      String token = token(login(line, "alice", "pass1"));
      String other = token(login(line, "alice", "pass1"));
      assertThat(line.post("/users/v1/logout", "", "Authorization: Bearer " + token).status())
          .isEqualTo(200);

      assertThat(me(line, token).status()).isEqualTo(401);
      assertThat(me(line, other).status()).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "JWT-15")
  void a_new_password_ends_everything_that_was_issued_before_it() throws Exception {
    try (Line line = gate.line()) {
      String stolen = token(login(line, "alice", "pass1"));
      String own = token(login(line, "alice", "pass1"));
      String bobs = token(login(line, "bob", "pass2"));
      assertThat(
              line.send(
                      "PUT /users/v1/alice/password HTTP/1.1\r\nContent-Type: application/json\r\n"
                          + "Authorization: Bearer "
                          + own
                          + "\r\n",
                      "{\"password\":\"pass3\"}".getBytes(StandardCharsets.UTF_8))
                  .status())
          .isEqualTo(200);

      assertThat(me(line, stolen).status()).isEqualTo(401);
      assertThat(me(line, own).status()).isEqualTo(401);
      assertThat(me(line, bobs).status()).isEqualTo(200);
      assertThat(me(line, token(login(line, "alice", "pass3"))).status()).isEqualTo(200);
    }
    gate.stop();
    assertThat(gate.decisions()).contains("issued-here.ENDED");
  }

  @Test
  @Requirement(id = "JWT-15")
  void only_what_was_issued_can_be_renewed_and_the_old_one_ends() throws Exception {
    try (Line line = gate.line()) {
      Told first = login(line, "bob", "pass2");
      int before = service.asked();
      assertThat(renewed(line, "r-alice-77").status()).isEqualTo(401);
      assertThat(renewed(line, token(first)).status()).isEqualTo(401);
      assertThat(service.asked()).isEqualTo(before);

      Told second = renewed(line, value(first, "refresh_token"));
      assertThat(second.status()).isEqualTo(200);
      assertThat(me(line, token(second)).body()).contains("bob");
      assertThat(me(line, value(second, "refresh_token")).status()).isEqualTo(401);
      assertThat(renewed(line, value(first, "refresh_token")).status()).isEqualTo(401);
    }
    gate.stop();
    assertThat(gate.decisions()).contains("ledger.UNKNOWN_RENEWAL").contains("issued-here.RENEWAL");
  }

  @Test
  @Requirement(id = "JWT-15")
  void one_token_for_two_people_is_nobodys() throws Exception {
    try (Line line = gate.line()) {
      service.mood = "same-for-all";
      Told alices = login(line, "alice", "pass1");
      assertThat(alices.status()).isEqualTo(200);

      assertThat(login(line, "bob", "pass2").status()).isEqualTo(502);
      assertThat(me(line, token(alices)).status()).isEqualTo(401);
    }
    gate.stop();
    assertThat(gate.decisions()).contains("ledger.TWO_SUBJECTS");
  }

  @Test
  @Requirement(id = "JWT-15")
  void a_session_that_never_ends_at_the_service_ends_at_the_gate() throws Exception {
    String short_ = LOGIN.replace("}", ", expires: 1ms}");
    try (OwnGate brief = started(PATHS.replace(LOGIN, short_), SCHEMES, "ledgers: {own: {}}\n");
        Line line = brief.line()) {
      String token = token(login(line, "alice", "pass1"));

      assertThat(me(line, token).status()).isEqualTo(401);
    }
  }

  @Test
  @Requirement(id = "JWT-15", without = "issued-here")
  void what_was_issued_and_what_was_ended_outlive_a_restart() throws Exception {
    String token;
    String ended;
    try (Line line = gate.line()) {
      token = token(login(line, "alice", "pass1"));
      ended = token(login(line, "alice", "pass1"));
      line.post("/users/v1/logout", "", "Authorization: Bearer " + ended);
    }
    gate.restart();
    try (Line line = gate.line()) {
      assertThat(me(line, token).status()).isEqualTo(200);
      assertThat(me(line, ended).status()).isEqualTo(401);
      assertThat(me(line, WeakService.forged("alice")).status()).isEqualTo(401);
    }
  }

  @Test
  @Requirement(id = "JWT-15", without = "issued-here")
  void what_is_kept_in_memory_alone_ends_with_the_gate() throws Exception {
    try (OwnGate brief =
        started(PATHS, SCHEMES, "ledgers: {own: {}}\nstate: memory\nstore: none\n")) {
      String token;
      try (Line line = brief.line()) {
        token = token(login(line, "alice", "pass1"));
        assertThat(me(line, token).status()).isEqualTo(200);
      }
      brief.restart();
      try (Line line = brief.line()) {
        assertThat(me(line, token).status()).isEqualTo(401);
      }
    }
  }

  @Test
  @Requirement(id = "JWT-15")
  void cookies_and_headers_of_other_names_carry_tokens_too() throws Exception {
    String cookie = "{does: login, subject: body#/username, token: response.cookie.sid}";
    String paths = PATHS.replace(LOGIN, cookie);
    String inCookie =
        SCHEMES.replace(
            "type: http, scheme: bearer, bearerFormat: JWT", "type: apiKey, in: cookie, name: sid");
    try (OwnGate other = started(paths, inCookie, "ledgers: {own: {}}\n");
        Line line = other.line()) {
      String token = token(login(line, "alice", "pass1"));

      assertThat(line.get("/me", "Cookie: sid=" + WeakService.forged("alice")).status())
          .isEqualTo(401);
      assertThat(line.get("/me", "Cookie: sid=" + token + "; sid=x").status()).isNotEqualTo(200);
      // The service wants a header; that it was asked at all is what counts here.
      int before = service.asked();
      var unused = line.get("/me", "Cookie: sid=" + token);
      assertThat(service.asked()).isEqualTo(before + 1);
    }
  }

  @Test
  @Requirement(id = "JWT-15")
  void nothing_of_a_token_is_kept_or_told() throws Exception {
    String token;
    try (Line line = gate.line()) {
      token = token(login(line, "alice", "pass1"));
      assertThat(me(line, token).status()).isEqualTo(200);
    }
    gate.stop();
    String signature = token.substring(token.lastIndexOf('.') + 1);
    assertThat(gate.decisions()).doesNotContain(signature);
    try (Stream<Path> files = Files.walk(gate.folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(signature);
      }
    }
  }

  @Test
  @Requirement(id = "JWT-15")
  void what_the_contract_says_unclearly_does_not_load() {
    refused(
        PATHS.replace("token: response.body#/auth_token", "token: body#/auth_token"),
        "no place of a token");
    refused(PATHS.replace("subject: body#/username, ", ""), "`subject` is missing");
    refused(PATHS.replace("subject: body#/username", "subject: body#/users/*"), "one value");
    refused(PATHS.replace("{does: logout}", "{does: logut}"), "logout");
    refused(PATHS.replace("presents: body#/refresh_token, ", ""), "whose token is renewed");
    refused(PATHS.replace("x-gatewarden-login: " + LOGIN, ""), "never sees a login");
    refused(PATHS.replace("does: login,", "does: login, expires: soon,"), "length of time");
    assertThatThrownBy(
            () ->
                OwnGate.start(
                        service.uri(),
                        "none",
                        PATHS.replace("[{bearerAuth: []}]", "[]"),
                        "",
                        "",
                        "")
                    .close())
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("no ledger proves");
  }

  @Test
  @Requirement(id = "JWT-15", without = "held-connection")
  void a_logout_ends_the_open_sockets_of_its_token_and_no_others() throws Exception {
    String paths =
        """
        /login/{name}:
          post:
            operationId: login
            security: []
            x-gatewarden-object: {none: nobody is proved yet}
            x-gatewarden-login: {does: login, subject: path.name, token: response.body#/token}
            parameters: [{name: name, in: path, required: true, schema: {type: string, maxLength: 100}}]
            ANY
        /logout:
          post:
            operationId: logout
            security: [{bearerAuth: []}]
            x-gatewarden-object: {none: the caller alone}
            x-gatewarden-login: {does: logout}
            ANY
        /socket:
          get:
            operationId: talk
            security: [{bearerAuth: []}]
            responses: {'101': {description: a socket}}
        """
            .replace("ANY", ANY);
    try (Things things = new Things();
        OwnGate other =
            OwnGate.start(
                things.uri(),
                "forward",
                paths,
                SCHEMES,
                "security: {bearerAuth: own}",
                "ledgers: {own: {overlap: 0s}}\n");
        Line line = other.line()) {
      String one = value(empty(line, "/login/alice"), "token");
      String two = value(empty(line, "/login/alice"), "token");
      try (OpenSocket ended = talking(other, one);
          OpenSocket going = talking(other, two)) {
        assertThat(empty(line, "/logout", "Authorization: Bearer " + one).status()).isEqualTo(200);

        assertThat(ended.goodbye()).isEqualTo(1008);
        assertThat(going.isQuietFor(Duration.ofSeconds(1))).isTrue();
      }
    }
  }

  private static Told empty(Line line, String target, String... fields) throws IOException {
    String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
    return line.send("POST " + target + " HTTP/1.1\r\nContent-Length: 0\r\n" + more, new byte[0]);
  }

  private static OpenSocket talking(OwnGate gate, String token) throws IOException {
    return OpenSocket.on(
        new Socket("127.0.0.1", gate.uri().getPort()),
        "own.example",
        "/socket",
        "Authorization: Bearer " + token);
  }

  private void refused(String paths, String message) {
    assertThatThrownBy(() -> started(paths, SCHEMES, "ledgers: {own: {}}\n").close())
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining(message);
  }

  private static Told login(Line line, String name, String password) throws IOException {
    return line.post(
        "/users/v1/login", "{\"username\":\"" + name + "\",\"password\":\"" + password + "\"}");
  }

  private static Told renewed(Line line, String token) throws IOException {
    return line.post("/users/v1/refresh", "{\"refresh_token\":\"" + token + "\"}");
  }

  private static Told me(Line line, String token) throws IOException {
    return line.get("/me", "Authorization: Bearer " + token);
  }

  private static String token(Told told) {
    return value(told, "auth_token");
  }

  private static String value(Told told, String name) {
    int at = told.body().indexOf("\"" + name + "\":\"");
    assertThat(at).as(told.body()).isNotNegative();
    int from = at + name.length() + 4;
    return told.body().substring(from, told.body().indexOf('"', from));
  }
}
