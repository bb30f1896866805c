package dev.gatewarden.core.opaque;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The samples that NIST published beside SP 800-38G.
class Ff1Test {
  private static final String KEY =
      "2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94";

  @ParameterizedTest
  @CsvSource({
    "128, 10, '', 0123456789, 2433477484",
    "128, 10, 39383736353433323130, 0123456789, 6124200773",
    "128, 36, 3737373770717273373737, 0123456789abcdefghi, a9tv40mll9kdu509eum",
    "192, 10, '', 0123456789, 2830668132",
    "192, 10, 39383736353433323130, 0123456789, 2496655549",
    "192, 36, 3737373770717273373737, 0123456789abcdefghi, xbj3kv35jrawxv32ysr",
    "256, 10, '', 0123456789, 6657667009",
    "256, 10, 39383736353433323130, 0123456789, 1001623463",
    "256, 36, 3737373770717273373737, 0123456789abcdefghi, xs8a0azh2avyalyzuwd",
  })
  void agrees_with_the_published_samples(
      int bits, int radix, String tweak, String plain, String sealed) {
    byte[] key = HexFormat.of().parseHex(KEY.substring(0, bits / 4));
    Ff1.Permutation ff1 =
        new Ff1(new Aes(key), radix, plain.length()).under(HexFormat.of().parseHex(tweak));
    int first = plain.length() / 2;
    long[] halves = {
      Long.parseLong(plain.substring(0, first), radix),
      Long.parseLong(plain.substring(first), radix)
    };

    ff1.encrypt(halves);
    assertThat(halves)
        .containsExactly(
            Long.parseLong(sealed.substring(0, first), radix),
            Long.parseLong(sealed.substring(first), radix));

    ff1.decrypt(halves);
    assertThat(halves)
        .containsExactly(
            Long.parseLong(plain.substring(0, first), radix),
            Long.parseLong(plain.substring(first), radix));
  }
}
