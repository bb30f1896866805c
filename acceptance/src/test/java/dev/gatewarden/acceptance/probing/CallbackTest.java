package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.acceptance.probing.NotesClient.Fault;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The callback of an API that is itself a client of an authorization server.
class CallbackTest {
  private static final List<String> PROBES =
      List.of(
          "callback-state",
          "code-injection",
          "callback-twice",
          "callback-session",
          "mixed-up-issuer",
          "callback-redirect");

  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Notes, version: 1.0.0}
      servers: [{url: http://127.0.0.1:9100}]
      security: [{cookie: []}]
      paths:
        /me: {get: {operationId: me, x-gatewarden-object: {none: the caller}, responses: {'200': {description: it}}}}
        /login:
          get:
            operationId: login
            security: []
            x-gatewarden-object: {none: nothing yet}
            parameters: [{name: return_to, in: query, schema: {type: string}}]
            responses: {'302': {description: to the authorization server}}
        /login/oauth2/code/idp:
          get:
            operationId: callback
            security: []
            x-gatewarden-object: {none: nothing yet}
            parameters:
              - {name: code, in: query, schema: {type: string}}
              - {name: state, in: query, schema: {type: string}}
            responses: {'302': {description: logged in}}
      components:
        securitySchemes: {cookie: {type: apiKey, in: cookie, name: sid}}
      """;

  private static final String ALONE =
      """
      openapi: 3.1.0
      info: {title: Notes, version: 1.0.0}
      security: [{cookie: []}]
      paths:
        /me: {get: {operationId: me, x-gatewarden-object: {none: the caller}, responses: {'200': {description: it}}}}
      components:
        securitySchemes: {cookie: {type: apiKey, in: cookie, name: sid}}
      """;

  @TempDir Path folder;

  /// What a run said.
  record Seen(JsonNode said, String out) {
    List<String> of(String member) {
      return said.get(member).valueStream().map(JsonNode::toString).toList();
    }

    /// The findings of the probes of callbacks: probe, category and weakness.
    List<String> found() {
      return said.get("findings")
          .valueStream()
          .filter(each -> PROBES.contains(each.get("probe").asString()))
          .map(
              each ->
                  each.get("probe").asString()
                      + " "
                      + each.get("owasp").asString()
                      + " "
                      + each.get("cwe").asString())
          .toList();
    }
  }

  private Seen probed(Set<Fault> faults, String contract, String alice, String callback)
      throws IOException {
    NotesClient notes = new NotesClient(faults);
    try (Stub server = Stub.of(notes::server);
        Stub api = Stub.of(notes::api)) {
      notes.at = api.uri();
      notes.issuer = server.uri();
      String identities =
          """
          identities:
            alice: {%s user: alice, password: alice-knows}
          oauth:
            login: {url: %s/session, form: [user, password]}
            %s
          """
              .formatted(alice, server.uri(), callback);
      Cli ran =
          api.probe(
              folder,
              contract,
              identities,
              "--allow",
              server.authority(),
              "--log",
              "sent.log",
              "--format",
              "json");
      assertThat(ran.code()).as(ran.err()).isNotEqualTo(2);
      return new Seen(JsonMapper.shared().readTree(ran.out()), ran.out());
    }
  }

  private Seen probed(Fault... faults) throws IOException {
    return probed(
        Set.copyOf(Arrays.asList(faults)), CONTRACT, "token: alice-token,", "callback: {}");
  }

  @Test
  @Requirement(id = "TST-11")
  void is_silent_about_a_callback_that_does_everything_right() throws IOException {
    Seen seen = probed();

    assertThat(seen.found()).isEmpty();
    assertThat(seen.out()).doesNotContain("no operation was found that begins a login");
    String log = Files.readString(folder.resolve("sent.log"));
    PROBES.forEach(
        each ->
            assertThat(log)
                .containsPattern("\"probe\":\"" + each + "\",\"operation\":\"callback\""));
    assertThat(log).doesNotContain("alice-knows").doesNotContainPattern("code=[0-9a-f]{8}-");
  }

  @Test
  void is_silent_where_pkce_stands_for_the_state() throws IOException {
    assertThat(probed(Fault.PKCE_ALONE).found()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "STATE_MAY_MISS, callback-state, 352",
    "STATE_MAY_BE_ANY, callback-state, 352",
    "STATE_OF_ANYBODY, callback-state, 352",
    "CODE_OF_ANYBODY, code-injection, 294",
    "CODE_TWICE, callback-twice, 294",
    "SESSION_KEPT, callback-session, 384",
    "SESSION_BROUGHT, callback-session, 384",
    "ISSUER_IGNORED, mixed-up-issuer, 346",
    "LED_ANYWHERE, callback-redirect, 601"
  })
  void finds_what_is_wrong_with_a_callback(Fault fault, String probe, String cwe)
      throws IOException {
    assertThat(probed(fault).found())
        .anyMatch(each -> each.startsWith(probe + " API2") && each.endsWith(cwe));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STATE_OF_ANYBODY",
        "CODE_OF_ANYBODY",
        "CODE_TWICE",
        "SESSION_KEPT",
        "ISSUER_IGNORED",
        "LED_ANYWHERE"
      })
  void tells_each_fault_once(Fault fault) throws IOException {
    assertThat(probed(fault).found()).hasSize(1);
  }

  @Test
  void goes_by_the_identities_where_the_contract_names_no_callback() throws IOException {
    Seen seen =
        probed(
            Set.of(Fault.LED_ANYWHERE, Fault.STATE_OF_ANYBODY),
            ALONE,
            "",
            "callback: {start: /login, path: " + NotesClient.CALLBACK + ", next: [return_to]}");

    assertThat(seen.found())
        .hasSize(2)
        .anyMatch(each -> each.startsWith("callback-redirect"))
        .anyMatch(each -> each.startsWith("callback-state"));
  }

  @Test
  void concludes_nothing_where_no_login_works() throws IOException {
    Seen seen = probed(Fault.BROKEN, Fault.LED_ANYWHERE);

    assertThat(seen.found()).isEmpty();
    assertThat(seen.out()).contains("a good code is answered 400, and opens no operation");
  }

  @Test
  @Requirement(id = "TST-11", without = "callback-state")
  void finds_logins_that_were_slipped_in() throws IOException {
    assertThat(probed(Fault.STATE_OF_ANYBODY).out())
        .contains("with the `state` of another browser, where it began no login");
  }
}
