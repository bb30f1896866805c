package dev.gatewarden.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.KeyProofs.Checked;
import dev.gatewarden.core.identity.KeyProofs.Read;
import dev.gatewarden.gateway.state.LocalBlocks;
import dev.gatewarden.testkit.FakeClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DpopProofsTest {
  private static final String CLAIMS =
      "{\"htm\":\"GET\",\"htu\":\"https://a.example/x\",\"iat\":1700000000,\"jti\":\"j1\",\"ath\":\"a\",\"nonce\":\"n\"}";
  private static KeyPair pair;
  private static String jwk;

  @TempDir private static Path kept;
  @TempDir private Path folder;
  private final FakeClock clock = new FakeClock();
  private Workshop workshop;
  private DpopProofs proofs;

  @BeforeAll
  static void key() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    pair = generator.generateKeyPair();
    ECPublicKey open = (ECPublicKey) pair.getPublic();
    jwk =
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
            + coordinate(open.getW().getAffineX())
            + "\",\"y\":\""
            + coordinate(open.getW().getAffineY())
            + "\"%s}";
  }

  private static String coordinate(java.math.BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
    return Base64Url.encode(fixed);
  }

  @BeforeEach
  void open() throws Exception {
    workshop = Workshop.open(folder, clock, new LocalBlocks(clock), null, 1);
    proofs = new DpopProofs(workshop, SigningKey.keptIn(folder.resolve("identity.key")));
  }

  @AfterEach
  void close() {
    workshop.close();
  }

  private static String header(String algorithm, String more) {
    return "{\"typ\":\"dpop+jwt\",\"alg\":\""
        + algorithm
        + "\",\"jwk\":"
        + jwk.formatted(more)
        + "}";
  }

  private static String proof(String header, String claims) throws Exception {
    String input = encoded(header) + "." + encoded(claims);
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(pair.getPrivate());
    signature.update(input.getBytes(StandardCharsets.US_ASCII));
    return input + "." + Base64Url.encode(signature.sign());
  }

  private static String encoded(String text) {
    return Base64Url.encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String outcome(Read read) {
    return switch (read) {
      case Read.Said said -> "SAID";
      case Read.Unreadable(var fault) -> fault.name();
    };
  }

  private static Checked checked(Read read) throws Exception {
    FutureTask<Checked> task = new FutureTask<>(() -> ((Read.Said) read).signature().check());
    Thread.ofVirtual().start(task);
    return task.get();
  }

  @Test
  void reads_what_a_proof_says_and_checks_its_signature_off_the_loop() throws Exception {
    for (int i = 0; i < 2; i++) {
      Read read = proofs.read(proof(header("ES256", ""), CLAIMS));
      assertThat(outcome(read)).isEqualTo("SAID");
      var said = ((Read.Said) read).statement();
      assertThat(said.method()).isEqualTo("GET");
      assertThat(said.uri()).isEqualTo("https://a.example/x");
      assertThat(said.issuedAt()).isEqualTo(1_700_000_000L);
      assertThat(said.id()).isEqualTo("j1");
      assertThat(said.tokenDigest()).isEqualTo("a");
      assertThat(said.nonce()).isEqualTo("n");
      assertThat(said.thumbprint()).hasSize(43);
      assertThatThrownBy(() -> ((Read.Said) read).signature().check()).isSameAs(WouldWait.INSTANCE);
      assertThat(checked(read)).isEqualTo(Checked.GOOD);
    }
  }

  @Test
  void another_statement_under_the_same_signature_is_bad() throws Exception {
    String[] good = proof(header("ES256", ""), CLAIMS).split("\\.", -1);
    String other = encoded(CLAIMS.replace("GET", "PUT"));

    assertThat(checked(proofs.read(good[0] + "." + other + "." + good[2]))).isEqualTo(Checked.BAD);
    String zero = Base64Url.encode(new byte[64]);
    assertThat(checked(proofs.read(good[0] + "." + good[1] + "." + zero))).isEqualTo(Checked.BAD);
  }

  @Test
  void takes_a_public_key_that_fits_and_no_other() throws Exception {
    for (String member : Arrays.asList("d", "p", "q", "dp", "dq", "qi", "oth", "k")) {
      String secret = ",\"" + member + "\":\"AQ\"";
      assertThat(outcome(proofs.read(proof(header("ES256", secret), CLAIMS)))).isEqualTo("KEY");
    }
    assertThat(outcome(proofs.read(proof(header("ES384", ""), CLAIMS)))).isEqualTo("KEY");
    assertThat(outcome(proofs.read(proof(header("RS256", ""), CLAIMS)))).isEqualTo("KEY");
    assertThat(outcome(proofs.read(proof(header("ES256", ",\"use\":\"enc\""), CLAIMS))))
        .isEqualTo("KEY");
    assertThat(outcome(proofs.read(proof(header("HS256", ""), CLAIMS)))).isEqualTo("ALGORITHM");
    assertThat(outcome(proofs.read(proof(header("none", ""), CLAIMS)))).isEqualTo("ALGORITHM");
  }

  @Test
  void takes_no_text_that_is_no_proof() throws Exception {
    String head = header("ES256", "");
    assertThat(outcome(proofs.read(proof(head.replace("dpop+jwt", "at+jwt"), CLAIMS))))
        .isEqualTo("TYPE");
    for (String missing : Arrays.asList("htm", "htu", "jti", "iat")) {
      String claims = CLAIMS.replace("\"" + missing + "\"", "\"x\"");
      assertThat(outcome(proofs.read(proof(head, claims)))).as(missing).isEqualTo("MALFORMED");
    }
    for (String twisted :
        Arrays.asList(
            CLAIMS.replace("1700000000", "\"1700000000\""),
            CLAIMS.replace("\"j1\"", "\"\""),
            CLAIMS.replace("\"j1\"", "1"),
            CLAIMS.replace("{", "{\"htm\":\"PUT\","),
            "[]")) {
      assertThat(outcome(proofs.read(proof(head, twisted)))).as(twisted).isEqualTo("MALFORMED");
    }
  }

  @Property(tries = 500)
  void no_text_breaks_it(@ForAll @CharRange(from = '!', to = '~') String text) throws Exception {
    DpopProofs reader = reader();
    assertThat(outcome(reader.read(text))).isNotEqualTo("SAID");
    assertThat(outcome(reader.read(text + "." + text + "." + text))).isNotEqualTo("SAID");
  }

  private static DpopProofs shared;

  private static DpopProofs reader() throws Exception {
    if (shared == null) {
      FakeClock clock = new FakeClock();
      try (Workshop workshop = Workshop.open(kept, clock, new LocalBlocks(clock), null, 1)) {
        shared = new DpopProofs(workshop, SigningKey.keptIn(kept.resolve("identity.key")));
      }
    }
    return shared;
  }

  @Test
  void knows_its_nonces_for_a_while_and_so_does_who_shares_its_key() throws Exception {
    DpopProofs other = new DpopProofs(workshop, SigningKey.keptIn(folder.resolve("identity.key")));
    DpopProofs stranger =
        new DpopProofs(workshop, SigningKey.keptIn(folder.resolve("another.key")));
    String nonce = proofs.nonce();

    assertThat(proofs.isFresh(nonce)).isTrue();
    assertThat(other.isFresh(nonce)).isTrue();
    assertThat(stranger.isFresh(nonce)).isFalse();
    assertThat(proofs.isFresh("")).isFalse();
    clock.advance(Duration.ofSeconds(150));
    assertThat(proofs.isFresh(nonce)).isTrue();
    assertThat(proofs.nonce()).isNotEqualTo(nonce);
    clock.advance(Duration.ofSeconds(150));
    assertThat(proofs.isFresh(nonce)).isFalse();
  }
}
