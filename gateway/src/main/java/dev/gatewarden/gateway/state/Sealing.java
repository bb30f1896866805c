package dev.gatewarden.gateway.state;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.gateway.identity.JsonWriter;
import dev.gatewarden.gateway.identity.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Encrypts what must not be read or changed where it is kept (AES-256-GCM).
public final class Sealing {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final byte[] purpose;

  /// @param key 32 bytes
  /// @param purpose what is sealed under it; what is sealed for one purpose opens for no other
  public Sealing(byte[] key, String purpose) {
    this.key = new SecretKeySpec(key, "AES");
    this.purpose = purpose.getBytes(StandardCharsets.UTF_8);
  }

  /// What a record says, member by member, sealed.
  public byte[] seal(Map<String, Object> said, RandomGenerator random) {
    return seal(JsonWriter.write(said).getBytes(StandardCharsets.UTF_8), random);
  }

  /// What was said when it was sealed, or null when it was not sealed by this, or was changed.
  public @Nullable Map<String, Object> said(byte[] sealed) {
    byte[] text = open(sealed);
    return text == null ? null : StrictJson.object(text);
  }

  public byte[] seal(byte[] open, RandomGenerator random) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(open);
      byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
      System.arraycopy(sealed, 0, all, NONCE, sealed.length);
      return all;
    } catch (GeneralSecurityException e) {
      throw new GatewardenBug("nothing can be sealed", e);
    }
  }

  /// What was sealed, or null when it was not sealed by this, or was changed.
  public byte @Nullable [] open(byte[] sealed) {
    if (sealed.length <= NONCE) {
      return null;
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE))
          .doFinal(sealed, NONCE, sealed.length - NONCE);
    } catch (AEADBadTagException forged) {
      return null;
    } catch (GeneralSecurityException e) {
      throw new GatewardenBug("nothing can be opened", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(purpose);
    return cipher;
  }

  /// SHA-256 of a purpose and a text.
  public static byte[] digest(String purpose, String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(purpose.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return digest.digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new GatewardenBug("no SHA-256", e);
    }
  }
}
