package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.GatewardenBug;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Opens encrypted tokens with the keys of one issuer's configuration.
///
/// Whatever is wrong, it is found out in the same place: an encrypted key that cannot be had is
/// replaced by a random one, so that nobody learns from the answer what it was (RFC 7516, section
/// 11.5).
final class Decryption {
  /// However a token is named, no more keys are tried.
  private static final int MOST_TRIED = 4;

  private static final OAEPParameterSpec OAEP =
      new OAEPParameterSpec(
          "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

  private final List<DecryptionKey> keys;
  private final SecureRandom random = new SecureRandom();

  Decryption(List<DecryptionKey> keys) {
    this.keys = List.copyOf(keys);
  }

  boolean isPossible() {
    return !keys.isEmpty();
  }

  /// Whether some key could open it.
  boolean fits(Jwe jwe) {
    for (DecryptionKey key : keys) {
      if (key.fits(jwe)) {
        return true;
      }
    }
    return false;
  }

  /// What is inside, or null. Takes up to a millisecond for RSA and for each key tried: not for an
  /// event loop.
  byte @Nullable [] open(Jwe jwe) {
    int tried = 0;
    for (DecryptionKey key : keys) {
      if (key.fits(jwe) && tried < MOST_TRIED) {
        tried++;
        byte[] content = open(jwe, key);
        if (content != null) {
          return content;
        }
      }
    }
    return null;
  }

  private byte @Nullable [] open(Jwe jwe, DecryptionKey with) {
    try {
      byte[] key = contentKey(jwe, with);
      return key.length == jwe.cipher().keyLength() ? jwe.cipher().open(key, jwe) : null;
    } catch (NoSuchAlgorithmException
        | NoSuchPaddingException
        | InvalidAlgorithmParameterException e) {
      throw new GatewardenBug("`" + jwe.wrapping() + "` cannot be undone", e);
    } catch (GeneralSecurityException e) {
      // Not for this key, or changed on the way.
      return null;
    }
  }

  private byte[] contentKey(Jwe jwe, DecryptionKey with) throws GeneralSecurityException {
    if (with.key() instanceof RSAPrivateKey rsa) {
      return received(jwe, rsa);
    }
    byte[] agreed = agreed(jwe, (ECPrivateKey) with.key());
    return jwe.wrapping() == KeyWrapping.ECDH_ES ? agreed : unwrapped(jwe, agreed);
  }

  private byte[] received(Jwe jwe, RSAPrivateKey key) throws GeneralSecurityException {
    byte[] other = new byte[jwe.cipher().keyLength()];
    random.nextBytes(other);
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
    cipher.init(Cipher.DECRYPT_MODE, key, OAEP);
    try {
      byte[] received = cipher.doFinal(jwe.encryptedKey());
      return received.length == other.length ? received : other;
    } catch (GeneralSecurityException e) {
      return other;
    }
  }

  /// RFC 7518, section 4.6. The point was found to lie on its curve when it was read.
  private static byte[] agreed(Jwe jwe, ECPrivateKey own) throws GeneralSecurityException {
    if (jwe.ephemeral() == null
        || !(jwe.ephemeral().material() instanceof VerificationKey.Material.Public read)
        || !(read.key() instanceof ECPublicKey theirs)
        || !theirs.getParams().getCurve().equals(own.getParams().getCurve())) {
      throw new InvalidKeyException("another curve");
    }
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(own);
    agreement.doPhase(theirs, true);
    boolean direct = jwe.wrapping() == KeyWrapping.ECDH_ES;
    return derived(
        agreement.generateSecret(),
        direct ? jwe.cipher().jose() : jwe.wrapping().jose(),
        jwe,
        direct ? jwe.cipher().keyLength() : jwe.wrapping().keyLength());
  }

  /// The key derivation of NIST SP 800-56A, section 5.8.1, with SHA-256 (RFC 7518, section 4.6.2).
  private static byte[] derived(byte[] secret, String algorithm, Jwe jwe, int length)
      throws NoSuchAlgorithmException {
    byte[] name = algorithm.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer other =
        ByteBuffer.allocate(
            4 * Integer.BYTES + name.length + jwe.partyU().length + jwe.partyV().length);
    other.putInt(name.length).put(name);
    other.putInt(jwe.partyU().length).put(jwe.partyU());
    other.putInt(jwe.partyV().length).put(jwe.partyV());
    other.putInt(length * 8);
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    ByteBuffer out = ByteBuffer.allocate((length + 31) / 32 * 32);
    for (int round = 1; out.hasRemaining(); round++) {
      sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(round).flip());
      sha.update(secret);
      out.put(sha.digest(other.array()));
    }
    return Arrays.copyOf(out.array(), length);
  }

  private static byte[] unwrapped(Jwe jwe, byte[] wrapping) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AESWrap");
    cipher.init(Cipher.UNWRAP_MODE, new SecretKeySpec(wrapping, "AES"));
    return cipher.unwrap(jwe.encryptedKey(), "AES", Cipher.SECRET_KEY).getEncoded();
  }
}
