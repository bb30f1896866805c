package dev.gatewarden.gateway.identity.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.gateway.identity.Workshop;
import dev.gatewarden.testkit.FakeClock;
import dev.gatewarden.testkit.ports.MemoryBlocks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientTokensTest {
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

  private ClientTokens tokens(ClientCredential client) {
    return new ClientTokens(
        "reader",
        new Endpoint(
            workshop,
            server.at(""),
            "token_endpoint",
            server.at("/token"),
            client,
            Duration.ofSeconds(5)),
        Map.of("scope", "read"),
        clock);
  }

  @Test
  void a_token_is_never_used_beyond_its_end() throws Exception {
    server.says("{\"access_token\":\"one\",\"token_type\":\"Bearer\",\"expires_in\":100}");
    ClientTokens tokens = tokens(new ClientCredential.Basic("gate", Secret.of("secret")));
    assertThatThrownBy(tokens::token).isSameAs(WouldWait.INSTANCE);
    assertThat(Waiting.on(tokens::token)).isEqualTo("one");
    assertThat(server.asked().getFirst().form())
        .contains("grant_type=client_credentials", "scope=read")
        .doesNotContain("secret");
    clock.advance(Duration.ofSeconds(79));
    assertThat(tokens.token()).isEqualTo("one");
    assertThat(server.asked()).hasSize(1);
    server.says(500, "text/plain", "");
    clock.advance(Duration.ofSeconds(19));
    assertThatThrownBy(tokens::token).isSameAs(WouldWait.INSTANCE);
    assertThatThrownBy(() -> Waiting.on(tokens::token))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void a_client_proves_itself_by_a_key(String family) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
    generator.initialize(family.equals("EC") ? 256 : 2048);
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    ClientKey key = ClientKey.pem(pem.getBytes(StandardCharsets.US_ASCII), "k1");
    server.says("{\"access_token\":\"one\",\"token_type\":\"Bearer\"}");
    ClientTokens tokens =
        tokens(new ClientCredential.SignedAssertion("gate", key, "https://id.example"));
    assertThat(Waiting.on(tokens::token)).isEqualTo("one");
    String form = server.asked().getFirst().form();
    String header = form.substring(form.indexOf("client_assertion=") + 17).split("\\.", -1)[0];
    assertThat(new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8))
        .contains(family.equals("EC") ? "ES256" : "PS256", "k1");
    assertThat(key.toString()).isEqualTo("ClientKey");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "secret", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"})
  void what_is_no_key_is_refused_and_not_repeated(String pem) {
    assertThatThrownBy(() -> ClientKey.pem(pem.getBytes(StandardCharsets.US_ASCII), ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("AAAA");
  }

  @Test
  void metadata_that_speak_of_another_issuer_name_nothing() throws Exception {
    server.says(
        "{\"issuer\":\"https://other.example\",\"token_endpoint\":\""
            + server.at("/token")
            + "\"}");
    ClientTokens tokens =
        new ClientTokens(
            "reader",
            new Endpoint(
                workshop,
                server.at(""),
                "token_endpoint",
                null,
                new ClientCredential.Open("gate"),
                Duration.ofSeconds(5)),
            Map.of(),
            clock);
    assertThatThrownBy(() -> Waiting.on(tokens::token)).hasMessageContaining("does not describe");
    assertThat(server.asked()).noneMatch(asked -> asked.path().equals("/token"));
  }
}
