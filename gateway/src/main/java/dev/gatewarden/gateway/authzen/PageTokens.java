package dev.gatewarden.gateway.authzen;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.gateway.identity.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Says where the next page of a search begins, to nobody but this gate: a place among what the
/// gate has learned may be the id of somebody else's object.
///
/// A token is good for the question it was given for, until the gate is started again.
final class PageTokens {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int STEP = 256;

  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec key;

  PageTokens() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    this.key = new SecretKeySpec(bytes, "AES");
  }

  /// The token for a place; the empty text where there is no further page.
  String of(String place, String question) {
    if (place.isEmpty()) {
      return "";
    }
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      byte[] hidden =
          cipher(Cipher.ENCRYPT_MODE, nonce, question)
              .doFinal(padded(place.getBytes(StandardCharsets.UTF_8)));
      byte[] all = Arrays.copyOf(nonce, NONCE + hidden.length);
      System.arraycopy(hidden, 0, all, NONCE, hidden.length);
      return Base64Url.encode(all);
    } catch (GeneralSecurityException impossible) {
      throw new GatewardenBug("this Java has no AES", impossible);
    }
  }

  /// The place that a token says; null where it was not given for this question.
  @Nullable String place(String token, String question) {
    byte[] all = Base64Url.decode(token);
    if (all == null || all.length <= NONCE) {
      return null;
    }
    try {
      byte[] place =
          cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE), question)
              .doFinal(all, NONCE, all.length - NONCE);
      int padding = ((place[0] & 0xFF) << 8) | (place[1] & 0xFF);
      return new String(place, 2, place.length - 2 - padding, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException notOurs) {
      return null;
    }
  }

  /// A place of whose length only the step is seen: how much was added, the place, zeros.
  private static byte[] padded(byte[] place) {
    int length = (place.length + 2 + STEP - 1) / STEP * STEP;
    int padding = length - place.length - 2;
    byte[] all = new byte[length];
    all[0] = (byte) (padding >> 8);
    all[1] = (byte) padding;
    System.arraycopy(place, 0, all, 2, place.length);
    return all;
  }

  private Cipher cipher(int mode, byte[] nonce, String question) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(question.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
