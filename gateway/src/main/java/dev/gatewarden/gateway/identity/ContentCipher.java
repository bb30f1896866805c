package dev.gatewarden.gateway.identity;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// How the content of an encrypted token is encrypted and authenticated (RFC 7518, section 5).
enum ContentCipher {
  A128GCM("A128GCM", 16, 12, 16, ""),
  A256GCM("A256GCM", 32, 12, 16, ""),
  A128CBC_HS256("A128CBC-HS256", 32, 16, 16, "HmacSHA256"),
  A256CBC_HS512("A256CBC-HS512", 64, 16, 32, "HmacSHA512");

  private final String jose;
  private final int keyLength;
  private final int ivLength;
  private final int tagLength;
  private final String mac;

  ContentCipher(String jose, int keyLength, int ivLength, int tagLength, String mac) {
    this.jose = jose;
    this.keyLength = keyLength;
    this.ivLength = ivLength;
    this.tagLength = tagLength;
    this.mac = mac;
  }

  static @Nullable ContentCipher of(String name) {
    for (ContentCipher each : values()) {
      if (each.jose.equals(name)) {
        return each;
      }
    }
    return null;
  }

  /// The name as tokens spell it.
  String jose() {
    return jose;
  }

  /// In bytes.
  int keyLength() {
    return keyLength;
  }

  int ivLength() {
    return ivLength;
  }

  int tagLength() {
    return tagLength;
  }

  /// What was encrypted. The tag is checked before anything is made of the content.
  ///
  /// @throws GeneralSecurityException when the tag is not that of the header and content
  byte[] open(byte[] key, Jwe jwe) throws GeneralSecurityException {
    return mac.isEmpty() ? openGcm(key, jwe) : openCbc(key, jwe);
  }

  private static byte[] openGcm(byte[] key, Jwe jwe) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(key, "AES"),
        new GCMParameterSpec(jwe.tag().length * 8, jwe.iv()));
    cipher.updateAAD(jwe.aad());
    byte[] sealed = Arrays.copyOf(jwe.ciphertext(), jwe.ciphertext().length + jwe.tag().length);
    System.arraycopy(jwe.tag(), 0, sealed, jwe.ciphertext().length, jwe.tag().length);
    return cipher.doFinal(sealed);
  }

  /// RFC 7518, section 5.2.2.2: the first half of the key authenticates, the second decrypts.
  private byte[] openCbc(byte[] key, Jwe jwe) throws GeneralSecurityException {
    int half = key.length / 2;
    Mac hmac = Mac.getInstance(mac);
    hmac.init(new SecretKeySpec(key, 0, half, mac));
    hmac.update(jwe.aad());
    hmac.update(jwe.iv());
    hmac.update(jwe.ciphertext());
    hmac.update(ByteBuffer.allocate(Long.BYTES).putLong(jwe.aad().length * 8L).array());
    if (!MessageDigest.isEqual(Arrays.copyOf(hmac.doFinal(), tagLength), jwe.tag())) {
      throw new AEADBadTagException("another tag");
    }
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(key, half, half, "AES"),
        new IvParameterSpec(jwe.iv()));
    return cipher.doFinal(jwe.ciphertext());
  }
}
