package dev.gatewarden.gateway.coding;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.gatewarden.core.coding.ContentCoding;
import dev.gatewarden.core.coding.Decoded;
import dev.gatewarden.core.coding.Expansion;
import dev.gatewarden.core.exchange.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Encoded bodies are undone whole, within bounds, or not at all.
class DecoderTest {
  private static final byte[] PLAIN = "hello hello hello".getBytes(StandardCharsets.UTF_8);

  static byte[] encoded(ContentCoding coding) throws IOException {
    return switch (coding) {
      case GZIP -> gzip(PLAIN);
      case DEFLATE -> deflate(PLAIN, false);
      case BR -> HexFormat.of().parseHex("1b1000f88d946ede445586966c206f014f1c601c");
      case ZSTD -> Zstd.compress(PLAIN);
    };
  }

  /// A million times the letter a.
  private static byte[] bomb(ContentCoding coding) throws IOException {
    byte[] all = new byte[1_000_000];
    Arrays.fill(all, (byte) 'a');
    return switch (coding) {
      case GZIP -> gzip(all);
      case DEFLATE -> deflate(all, false);
      case BR -> HexFormat.of().parseHex("5b3f428f5f222c1e0b04f2731e00");
      case ZSTD -> Zstd.compress(all);
    };
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }

  private static byte[] deflate(byte[] plain, boolean bare) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflate =
        new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, bare))) {
      deflate.write(plain);
    }
    return out.toByteArray();
  }

  private static Decoded decode(ContentCoding coding, byte[] bytes) {
    return decode(coding, bytes, 1 << 20, 1000);
  }

  private static Decoded decode(ContentCoding coding, byte[] bytes, long most, int ratio) {
    byte[] within = new byte[bytes.length + 6];
    Arrays.fill(within, (byte) 'z');
    System.arraycopy(bytes, 0, within, 3, bytes.length);
    return Decoder.decode(
        coding, new Bytes(within, 3, 3 + bytes.length), Expansion.of(most, ratio, bytes.length));
  }

  @ParameterizedTest
  @EnumSource
  void undoes_a_coding(ContentCoding coding) throws IOException {
    assertThat(decode(coding, encoded(coding)))
        .isInstanceOfSatisfying(
            Decoded.Plain.class,
            plain -> assertThat(Arrays.copyOf(plain.bytes(), plain.length())).isEqualTo(PLAIN));
  }

  @Test
  void undoes_bare_deflate() throws IOException {
    assertThat(decode(ContentCoding.DEFLATE, deflate(PLAIN, true)))
        .isInstanceOf(Decoded.Plain.class);
  }

  @ParameterizedTest
  @EnumSource
  void refuses_what_is_cut_off(ContentCoding coding) throws IOException {
    byte[] whole = encoded(coding);
    for (int length = 0; length < whole.length; length++) {
      assertThat(decode(coding, Arrays.copyOf(whole, length))).isEqualTo(Decoded.BROKEN);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refuses_what_stands_behind_the_end(ContentCoding coding) throws IOException {
    byte[] whole = encoded(coding);
    for (int more : new int[] {1, 7, 100, 20_000}) {
      assertThat(decode(coding, Arrays.copyOf(whole, whole.length + more)))
          .isEqualTo(Decoded.BROKEN);
    }
    byte[] twice = Arrays.copyOf(whole, whole.length * 2);
    System.arraycopy(whole, 0, twice, whole.length, whole.length);
    assertThat(decode(coding, twice)).isEqualTo(Decoded.BROKEN);
  }

  @ParameterizedTest
  @EnumSource
  void counts_what_comes_out(ContentCoding coding) throws IOException {
    byte[] bomb = bomb(coding);

    assertThat(decode(coding, bomb, 1_000_000, 1_000_000)).isInstanceOf(Decoded.Plain.class);
    assertThat(decode(coding, bomb, 999_999, 1_000_000)).isEqualTo(Decoded.TOO_MUCH);
    assertThat(decode(coding, bomb, 1 << 20, 100)).isEqualTo(Decoded.TOO_MUCH);
    assertThat(decode(coding, encoded(coding), 16, 1000)).isEqualTo(Decoded.TOO_MUCH);
  }

  @Test
  void refuses_a_checksum_and_a_length_that_are_wrong() throws IOException {
    byte[] whole = gzip(PLAIN);
    for (int i = 1; i <= 8; i++) {
      byte[] wrong = whole.clone();
      wrong[wrong.length - i]++;
      assertThat(decode(ContentCoding.GZIP, wrong)).isEqualTo(Decoded.BROKEN);
    }
  }

  @Test
  void refuses_a_window_that_is_larger_than_a_content_coding_may_have() throws IOException {
    // a frame that says its window has 16 MiB, and one block of one byte
    byte[] wide = HexFormat.of().parseHex("28b52ffd0070090000" + "61");
    assertThat(decode(ContentCoding.ZSTD, wide)).isEqualTo(Decoded.BROKEN);
    byte[] allowed = HexFormat.of().parseHex("28b52ffd0068090000" + "61");
    assertThat(decode(ContentCoding.ZSTD, allowed)).isInstanceOf(Decoded.Plain.class);
  }

  @Property(tries = 2000)
  void never_throws(@ForAll @Size(max = 200) byte[] bytes, @ForAll ContentCoding coding) {
    assertThat(decode(coding, bytes)).isNotNull();
  }

  @Property(tries = 2000)
  void never_throws_at_what_begins_well(
      @ForAll @Size(max = 40) byte[] bytes, @ForAll ContentCoding coding) throws IOException {
    byte[] whole = encoded(coding);
    System.arraycopy(bytes, 0, whole, whole.length / 2, Math.min(bytes.length, whole.length / 2));
    assertThat(decode(coding, whole)).isNotNull();
  }
}
