package dev.gatewarden.gateway.identity.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.gateway.identity.Base64Url;
import dev.gatewarden.gateway.identity.Workshop;
import dev.gatewarden.gateway.identity.client.ClientCredential;
import dev.gatewarden.gateway.identity.client.Endpoint;
import dev.gatewarden.gateway.identity.client.TwinServer;
import dev.gatewarden.gateway.identity.client.Waiting;
import dev.gatewarden.testkit.FakeClock;
import dev.gatewarden.testkit.ports.MemoryBlocks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenExchangeTest {
  private static final long START = FakeClock.START.getEpochSecond();
  private static final Lease LEASE = new Lease(FakeClock.START.plusSeconds(300));
  private static final String PRESENTED = "the.callers.own";

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();
  private final TwinServer server = new TwinServer();
  private Workshop workshop;

  @BeforeEach
  void open() throws Exception {
    workshop = Workshop.open(folder, clock, new MemoryBlocks(clock), null, 1);
  }

  @AfterEach
  void close() {
    workshop.close();
    server.close();
  }

  private TokenExchange exchange() {
    return exchange(false);
  }

  private TokenExchange exchange(boolean others) {
    Endpoint endpoint =
        new Endpoint(
            workshop,
            server.at(""),
            "token_endpoint",
            server.at("/token"),
            new ClientCredential.Post("gate", Secret.of("secret")),
            Duration.ofSeconds(5));
    return new TokenExchange(
        new ExchangeSettings(
            "corp",
            server.at("").toString(),
            List.of("api"),
            "orders",
            null,
            List.of(),
            2,
            false,
            others),
        endpoint,
        workshop);
  }

  private static Principal caller(String issuer, String... actors) {
    return new Principal(
        issuer, "alice", null, "app", Set.of(), Set.of(), Map.of(), List.of(actors));
  }

  private String claims(String more) {
    return "{\"iss\":\""
        + server.at("")
        + "\",\"sub\":\"alice\",\"aud\":\"orders\",\"exp\":"
        + (START + 600)
        + more
        + "}";
  }

  private static String token(String claims) {
    return "e30." + Base64Url.encode(claims.getBytes(StandardCharsets.UTF_8)) + ".c2ln";
  }

  private static String answer(String token) {
    return "{\"access_token\":\""
        + token
        + "\",\"issued_token_type\":\"urn:ietf:params:oauth:token-type:access_token\","
        + "\"token_type\":\"Bearer\",\"expires_in\":600}";
  }

  private TokenExchange.Outcome asked(TokenExchange exchange, Principal who) throws Exception {
    return Waiting.on(() -> exchange.of(who, LEASE, PRESENTED));
  }

  private static ExchangeWhy why(TokenExchange.Outcome outcome) {
    assertThat(outcome).isInstanceOf(TokenExchange.Outcome.Failed.class);
    return ((TokenExchange.Outcome.Failed) outcome).why();
  }

  @Test
  void keeps_a_token_no_longer_than_the_caller_holds() throws Exception {
    String narrow = token(claims(""));
    server.says(answer(narrow));
    TokenExchange exchange = exchange();
    assertThatThrownBy(() -> exchange.of(caller("corp"), LEASE, PRESENTED))
        .isSameAs(WouldWait.INSTANCE);
    assertThat(asked(exchange, caller("corp"))).isEqualTo(new TokenExchange.Outcome.Token(narrow));
    assertThat(server.asked().getFirst().form())
        .contains("subject_token=the.callers.own", "audience=orders", "client_secret=secret");
    clock.advance(Duration.ofSeconds(299));
    exchange.of(caller("corp"), LEASE, PRESENTED);
    assertThat(server.asked()).hasSize(1);
    clock.advance(Duration.ofSeconds(1));
    assertThatThrownBy(() -> exchange.of(caller("corp"), LEASE, PRESENTED))
        .isSameAs(WouldWait.INSTANCE);
    assertThat(asked(exchange, caller("corp")).toString()).doesNotContain(narrow);
  }

  @Test
  void shows_no_token_to_another_issuer_than_its_own() throws Exception {
    TokenExchange exchange = exchange();
    assertThat(why(asked(exchange, caller("partner")))).isEqualTo(ExchangeWhy.OTHER_ISSUER);
    assertThat(why(Waiting.on(() -> exchange.of(caller("corp"), LEASE, null))))
        .isEqualTo(ExchangeWhy.NO_TOKEN);
    assertThat(why(asked(exchange, caller("corp", "a", "b", "c"))))
        .isEqualTo(ExchangeWhy.CHAIN_TOO_LONG);
    assertThat(server.asked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"aud\":\"orders\"|\"aud\":\"api\"",
        "\"aud\":\"orders\"|\"aud\":[\"orders\",\"api\"]",
        "\"aud\":\"orders\"|\"aud\":\"mail\"",
        "\"aud\":\"orders\"|\"x\":1",
        "\"sub\":\"alice\"|\"sub\":\"bob\"",
        "\"sub\":\"alice\"|\"sub\":null",
        "\"iss\":\"http|\"iss\":\"https",
        "\"exp\":|\"exp\":1,\"was\":",
        "\"sub\"|\"act\":{\"sub\":\"a\",\"act\":{\"sub\":\"b\",\"act\":{\"sub\":\"c\"}}},\"sub\"",
        "\"sub\"|\"act\":\"gate\",\"sub\""
      })
  void forwards_no_token_that_is_not_for_this_upstream_and_this_caller(String from, String to)
      throws Exception {
    server.says(answer(token(claims("").replace(from, to))));
    assertThat(why(asked(exchange(), caller("corp")))).isEqualTo(ExchangeWhy.UNFIT);
  }

  @Test
  void forwards_no_token_that_is_the_callers_own() throws Exception {
    server.says(answer("the.callers.own"));
    assertThat(why(asked(exchange(), caller("corp")))).isEqualTo(ExchangeWhy.UNFIT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"access_token\":\"abc\"}",
        "{\"access_token\":\"a b\",\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"a\\r\\nx: y\",\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"abc\",\"token_type\":\"N_A\"}",
        "{\"access_token\":\"abc\",\"token_type\":\"Bearer\",\"expires_in\":0}",
        "{\"access_token\":\"abc\",\"token_type\":\"Bearer\",\"expires_in\":\"600\"}",
        "{\"access_token\":7,\"token_type\":\"Bearer\"}"
      })
  void takes_no_other_answer_for_a_token(String body) throws Exception {
    server.says(body);
    assertThat(why(asked(exchange(), caller("corp")))).isEqualTo(ExchangeWhy.UNREACHABLE);
  }

  @Test
  void remembers_for_a_moment_that_the_server_refuses() throws Exception {
    server.says(400, "application/json", "{\"error\":\"invalid_target\"}");
    TokenExchange exchange = exchange();
    assertThat(why(asked(exchange, caller("corp")))).isEqualTo(ExchangeWhy.REFUSED);
    assertThat(why(exchange.of(caller("corp"), LEASE, PRESENTED))).isEqualTo(ExchangeWhy.REFUSED);
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void goes_in_the_gates_own_name_only_where_it_was_told_to() throws Exception {
    assertThat(why(exchange().own())).isEqualTo(ExchangeWhy.NO_TOKEN);
    assertThat(why(exchange(true).of(caller("corp"), LEASE, null))).isEqualTo(ExchangeWhy.NO_TOKEN);
    String own = token(claims("").replace("alice", "gate"));
    server.says(answer(own));
    TokenExchange exchange = exchange(true);
    assertThatThrownBy(exchange::own).isSameAs(WouldWait.INSTANCE);
    assertThat(Waiting.on(exchange::own)).isEqualTo(new TokenExchange.Outcome.Token(own));
    assertThat(exchange.own()).isEqualTo(new TokenExchange.Outcome.Token(own));
    assertThat(server.asked()).hasSize(1);
    assertThat(server.asked().getFirst().form())
        .contains("grant_type=client_credentials", "audience=orders")
        .doesNotContain("subject_token");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"aud\":\"orders\"|\"aud\":\"api\"",
        "\"aud\":\"orders\"|\"aud\":[\"orders\",\"api\"]",
        "\"aud\":\"orders\"|\"x\":1",
        "\"iss\":\"http|\"iss\":\"https",
        "\"exp\":|\"exp\":1,\"was\":"
      })
  void sends_no_token_of_its_own_that_another_would_take(String from, String to) throws Exception {
    server.says(answer(token(claims("").replace(from, to))));
    TokenExchange exchange = exchange(true);
    assertThat(why(Waiting.on(exchange::own))).isEqualTo(ExchangeWhy.UNFIT);
  }
}
