package dev.gatewarden.core.identity;

import dev.gatewarden.core.GatewardenBug;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A text that only its owner and the gate know. It cannot be printed, and two of them are compared
/// in constant time.
public final class Secret {
  private final byte[] content;

  private Secret(byte[] content) {
    this.content = content.clone();
  }

  /// A secret of these bytes; never empty.
  ///
  /// @throws IllegalArgumentException when there are none
  public static Secret of(byte[] content) {
    if (content.length == 0) {
      throw new IllegalArgumentException("a secret must not be empty");
    }
    return new Secret(content);
  }

  public static Secret of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  public int length() {
    return content.length;
  }

  /// Whether somebody presented this very secret; the time taken does not tell how much of it was
  /// right.
  public boolean matches(byte[] presented) {
    return MessageDigest.isEqual(content, presented);
  }

  /// The keyed digest (RFC 2104) of several stretches, one behind the other.
  ///
  /// @param algorithm a name of the JDK's, `HmacSHA256`
  public byte[] mac(String algorithm, ByteBuffer... parts) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(content, algorithm));
      for (ByteBuffer part : parts) {
        mac.update(part.duplicate());
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new GatewardenBug("no keyed digest `" + algorithm + "`", e);
    }
  }

  /// The bytes themselves, for the one place that hands them to a cipher or sends them.
  public byte[] revealed() {
    return content.clone();
  }

  /// Nothing of the secret.
  @Override
  public String toString() {
    return "Secret";
  }
}
