package dev.gatewarden.gateway.identity.client;

import dev.gatewarden.core.identity.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/// What stands for a token in a table: a digest under a key that this process made up, so that a
/// table tells nothing of its tokens, even to who can guess some.
public record Fingerprint(long a, long b, long c, long d) {

  /// Makes fingerprints; those of two makers have nothing in common.
  public static final class Maker {
    private final Secret key;

    /// @param random unpredictable
    public Maker(RandomGenerator random) {
      byte[] bytes = new byte[32];
      random.nextBytes(bytes);
      this.key = Secret.of(bytes);
    }

    /// The fingerprint of a token.
    public Fingerprint of(String token) {
      ByteBuffer words =
          ByteBuffer.wrap(
              key.mac("HmacSHA256", ByteBuffer.wrap(token.getBytes(StandardCharsets.UTF_8))));
      return new Fingerprint(words.getLong(), words.getLong(), words.getLong(), words.getLong());
    }
  }
}
