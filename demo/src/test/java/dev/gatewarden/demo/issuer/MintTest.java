package dev.gatewarden.demo.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.gatewarden.demo.StateFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MintTest {

  @TempDir private Path folder;

  private final IssuerKeys keys = IssuerKeys.fresh();
  private final Mint mint = new Mint(keys, Clock.systemUTC());
  private final TokenWish wish = TokenWish.of(Person.ALICE, "http://127.0.0.1:9001");

  @Test
  void honest_tokens_verify_with_the_published_keys() throws Exception {
    SignedJWT rsa = SignedJWT.parse(mint.token(wish));
    SignedJWT ec = SignedJWT.parse(mint.token(wish.signing(Signing.ES256)));

    assertThat(rsa.verify(new RSASSAVerifier(keys.rsa().toRSAPublicKey()))).isTrue();
    assertThat(ec.verify(new ECDSAVerifier(keys.ec().toECPublicKey()))).isTrue();
    assertThat(rsa.getJWTClaimsSet().getSubject()).isEqualTo("alice");
    assertThat(rsa.getJWTClaimsSet().getAudience()).containsExactly("https://shop.example");
  }

  @ParameterizedTest
  @EnumSource(names = {"FOREIGN_KEY", "EMBEDDED_KEY"})
  void an_attackers_key_does_not(Signing signing) throws Exception {
    SignedJWT token = SignedJWT.parse(mint.token(wish.signing(signing)));

    assertThat(token.verify(new RSASSAVerifier(keys.rsa().toRSAPublicKey()))).isFalse();
  }

  @Test
  void an_expired_token_was_good_once() throws Exception {
    SignedJWT token = SignedJWT.parse(mint.token(wish.expires(Duration.ofHours(-1))));

    assertThat(token.getJWTClaimsSet().getIssueTime())
        .isBefore(token.getJWTClaimsSet().getExpirationTime());
    assertThat(token.getJWTClaimsSet().getExpirationTime()).isInThePast();
  }

  @Test
  void another_process_finds_the_same_keys_and_nobody_else_may_read_them() throws Exception {
    StateFolder state = new StateFolder(folder);
    IssuerKeys first = IssuerKeys.in(state);

    assertThat(IssuerKeys.in(state)).isEqualTo(first);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(state.file("issuer-keys.json"))))
        .isEqualTo("rw-------");
  }
}
