package dev.gatewarden.core.opaque;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The examples of RFC 5297, appendix A.
class AesSivTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void agrees_with_the_deterministic_example() {
    AesSiv siv =
        new AesSiv(
            HEX.parseHex("fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"));
    byte[] associated = HEX.parseHex("101112131415161718191a1b1c1d1e1f2021222324252627");
    byte[] text = HEX.parseHex("112233445566778899aabbccddee");

    byte[] sealed = siv.seal(text, associated);

    assertThat(HEX.formatHex(sealed))
        .isEqualTo("85632d07c6e8f37f950acd320a2ecc9340c02b9690c4dc04daef7f6afe5c");
    assertThat(siv.open(sealed, associated)).isEqualTo(text);
  }

  @Test
  void agrees_with_the_example_of_several_stretches() {
    AesSiv siv =
        new AesSiv(
            HEX.parseHex("7f7e7d7c7b7a79787776757473727170404142434445464748494a4b4c4d4e4f"));
    byte[] one =
        HEX.parseHex(
            "00112233445566778899aabbccddeeffdeaddadadeaddadaffeeddccbbaa99887766554433221100");
    byte[] two = HEX.parseHex("102030405060708090a0");
    byte[] nonce = HEX.parseHex("09f911029d74e35bd84156c5635688c0");
    byte[] text =
        HEX.parseHex(
            "7468697320697320736f6d6520706c61696e7465787420746f20656e6372797074207573696e67205349"
                + "562d414553");

    byte[] sealed = siv.seal(text, one, two, nonce);

    assertThat(HEX.formatHex(sealed))
        .isEqualTo(
            "7bdb6e3b432667eb06f4d14bff2fbd0fcb900f2fddbe404326601965c889bf17dba77ceb094fa663b7a3f7"
                + "48ba8af829ea64ad544a272e9c485b62a3fd5c0d");
    assertThat(siv.open(sealed, one, two, nonce)).isEqualTo(text);
  }

  @Test
  void opens_nothing_else() {
    AesSiv siv = new AesSiv(new byte[64]);
    byte[] sealed = siv.seal(new byte[] {7}, new byte[] {1});

    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] other = sealed.clone();
      other[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(siv.open(other, new byte[] {1})).as("bit " + bit).isNull();
    }
    assertThat(siv.open(sealed, new byte[] {2})).isNull();
    assertThat(siv.open(new byte[15], new byte[] {1})).isNull();
    assertThat(siv.open(new byte[0], new byte[] {1})).isNull();
  }
}
