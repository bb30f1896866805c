package dev.gatewarden.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.identity.Secret;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignaturesTest {
  @TempDir static Path natives;
  private static final List<Signatures> ALL = new ArrayList<>();

  @BeforeAll
  static void load() throws InterruptedException {
    FastProvider fast = FastProvider.loading(natives);
    fast.await();
    ALL.add(new Signatures(() -> null));
    Provider provider = fast.get();
    if (provider != null) {
      ALL.add(new Signatures(() -> provider));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Algorithm.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"HS256", "HS384", "HS512"})
  void accepts_the_signature_and_none_of_its_neighbours(Algorithm algorithm) {
    TestKey key = TestKey.of("k", algorithm);
    VerificationKey published = Objects.requireNonNull(JwkReader.key(key.jwk()));
    Jws good = ((Jws.Parsed.Whole) Jws.parse(key.token(Map.of("sub", "alice")))).jws();
    byte[] longer = Arrays.copyOf(good.signature(), good.signature().length + 1);
    byte[] shorter = Arrays.copyOf(good.signature(), good.signature().length - 1);
    byte[] other = TestKey.of("k", algorithm).pair().getPublic().getEncoded();
    for (Signatures signatures : ALL) {
      assertThat(signatures.verify(good, published)).isTrue();
      assertThat(signatures.verify(with(good, longer), published)).isFalse();
      assertThat(signatures.verify(with(good, shorter), published)).isFalse();
      assertThat(signatures.verify(with(good, new byte[good.signature().length]), published))
          .isFalse();
      assertThat(signatures.verify(with(good, other), published)).isFalse();
      for (int at : new int[] {0, good.signature().length / 2, good.signature().length - 1}) {
        byte[] flipped = good.signature().clone();
        flipped[at] ^= 1;
        assertThat(signatures.verify(with(good, flipped), published)).isFalse();
      }
    }
  }

  @Test
  void knows_which_signatures_are_short_enough_for_an_event_loop() {
    Signatures fast = new Signatures(() -> Security.getProvider("SunRsaSign"));
    Signatures slow = new Signatures(() -> null);
    assertThat(fast.isShort(rsa(256))).isTrue();
    assertThat(fast.isShort(rsa(384))).isTrue();
    assertThat(fast.isShort(rsa(385))).isFalse();
    assertThat(slow.isShort(rsa(256))).isFalse();
    VerificationKey curve =
        Objects.requireNonNull(JwkReader.key(TestKey.of("k", Algorithm.ES256).jwk()));
    assertThat(fast.isShort(curve)).isFalse();
    VerificationKey shared = JwkReader.shared("s", Secret.of(new byte[32]), null);
    assertThat(slow.isShort(shared)).isTrue();
  }

  private static VerificationKey rsa(int length) {
    VerificationKey key =
        Objects.requireNonNull(JwkReader.key(TestKey.of("k", Algorithm.RS256).jwk()));
    return new VerificationKey(
        key.kid(), key.family(), key.only(), key.material(), length, key.thumbprint());
  }

  private static Jws with(Jws jws, byte[] signature) {
    return new Jws(jws.algorithm(), jws.kid(), jws.typ(), jws.input(), jws.payload(), signature);
  }
}
