package dev.gatewarden.core.opaque;

import dev.gatewarden.core.GatewardenBug;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// The forward direction of AES under one key, a block at a time; for any number of threads.
final class Aes {
  static final int BLOCK = 16;

  private final SecretKeySpec key;
  private final ThreadLocal<Cipher> ciphers;

  /// @param key 16, 24 or 32 bytes
  Aes(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
    this.ciphers = ThreadLocal.withInitial(this::cipher);
  }

  /// Enciphers a block where it stands.
  void encipher(byte[] block) {
    try {
      ciphers.get().update(block, 0, BLOCK, block, 0);
    } catch (GeneralSecurityException e) {
      throw new GatewardenBug("a block could not be enciphered", e);
    }
  }

  private Cipher cipher() {
    try {
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key);
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new GatewardenBug("no AES", e);
    }
  }
}
