package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.GatewardenBug;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/// The SHA-256 of a token as four words, so that no table holds a token that a memory dump could
/// give away.
record TokenDigest(long a, long b, long c, long d) {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  boolean is(Reader read) {
    return a == read.a && b == read.b && c == read.c && d == read.d;
  }

  /// Digests tokens on one thread, without garbage.
  static final class Reader {
    private long a;
    private long b;
    private long c;
    private long d;
    private final MessageDigest sha;
    private final byte[] characters;
    private final byte[] words = new byte[32];
    private @Nullable String kept;

    /// @param most the longest token
    Reader(int most) {
      characters = new byte[most];
      try {
        sha = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new GatewardenBug("no SHA-256", e);
      }
    }

    // The one way to copy a String into an array that is there already. It drops high bytes; who
    // presents such a likeness of a good token holds the good token.
    @SuppressWarnings("deprecation")
    void read(String token) {
      boolean again = token.equals(kept);
      kept = null;
      if (again) {
        return;
      }
      token.getBytes(0, token.length(), characters, 0);
      sha.update(characters, 0, token.length());
      java.util.Arrays.fill(characters, 0, token.length(), (byte) 0);
      try {
        sha.digest(words, 0, 32);
      } catch (DigestException e) {
        throw new GatewardenBug("a digest does not fit its length", e);
      }
      a = (long) WORDS.get(words, 0);
      b = (long) WORDS.get(words, 8);
      c = (long) WORDS.get(words, 16);
      d = (long) WORDS.get(words, 24);
    }

    /// Spares the next reading, if it is of the token that was read last; a token is kept no
    /// longer.
    void keepFor(String token) {
      kept = token;
    }

    /// What was read last.
    TokenDigest digest() {
      return new TokenDigest(a, b, c, d);
    }

    long a() {
      return a;
    }

    long b() {
      return b;
    }
  }
}
