package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.GatewardenBug;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Checks signatures and makes the gate's own, with the fast provider where there is one.
final class Signatures {
  /// In bytes: RSA of 3072 bits, of which the time goes with the square.
  private static final int LONGEST_SHORT = 384;

  private final Supplier<@Nullable Provider> fast;
  private volatile boolean wasFast;

  /// @param fast the provider to prefer, asked each time, for it may be loaded later
  Signatures(Supplier<@Nullable Provider> fast) {
    this.fast = fast;
  }

  /// Whether a signature is good. Takes 20 to 90 µs with the fast provider and up to 1.3 ms with
  /// the JDK's: not for an event loop, unless it `isShort`.
  boolean verify(Jws jws, VerificationKey key) {
    if (!key.serves(jws.algorithm())) {
      return false;
    }
    return switch (key.material()) {
      case VerificationKey.Material.Shared(var secret) ->
          secret.length() >= jws.algorithm().length()
              && java.security.MessageDigest.isEqual(
                  secret.mac(jws.algorithm().jca(), ByteBuffer.wrap(jws.input())), jws.signature());
      case VerificationKey.Material.Public material ->
          hasShape(jws, key, material.key()) && verify(jws, material);
    };
  }

  /// Whether checking a signature by a key is so short (a digest; some 20 µs of RSA) that it may be
  /// done on an event loop. It costs less there than the way to another thread and back.
  boolean isShort(VerificationKey key) {
    return switch (key.family()) {
      case SECRET -> true;
      case RSA -> key.length() <= LONGEST_SHORT && isFast();
      case P256, P384, P521, ED25519 -> false;
    };
  }

  /// Whether signatures are computed by the fast provider.
  boolean isFast() {
    return fast.get() != null;
  }

  /// Whether the fast provider checked the last signature, so that checking one more is so short
  /// that handing it to another thread would cost as much.
  boolean wasFast() {
    return wasFast;
  }

  /// The ES256 signature of an input. Takes some 25 µs with the fast provider, ten times that with
  /// the JDK's.
  byte[] sign(PrivateKey key, byte[] input) {
    Provider preferred = fast.get();
    String name = Algorithm.ES256.jca();
    try {
      Signature signature =
          preferred == null ? Signature.getInstance(name) : Signature.getInstance(name, preferred);
      signature.initSign(key);
      signature.update(input);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new GatewardenBug("the gate's own key cannot sign", e);
    }
  }

  private static boolean hasShape(Jws jws, VerificationKey key, PublicKey material) {
    byte[] signature = jws.signature();
    if (key.length() > 0) {
      return signature.length == key.length();
    }
    if (signature.length != jws.algorithm().length()) {
      return false;
    }
    if (!(material instanceof ECPublicKey ec)) {
      return true;
    }
    // Zero and out of range is checked here too, for some libraries forgot (CVE-2022-21449).
    BigInteger order = ec.getParams().getOrder();
    int half = signature.length / 2;
    BigInteger r = new BigInteger(1, signature, 0, half);
    BigInteger s = new BigInteger(1, signature, half, half);
    return r.signum() > 0 && s.signum() > 0 && r.compareTo(order) < 0 && s.compareTo(order) < 0;
  }

  private boolean verify(Jws jws, VerificationKey.Material.Public key) {
    Provider preferred = fast.get();
    if (wasFast != (preferred != null)) {
      wasFast = preferred != null;
    }
    try {
      return preferred == null ? verify(jws, key.key(), null) : preferring(jws, key, preferred);
    } catch (SignatureException e) {
      // What is no signature at all, as far as the provider can tell.
      return false;
    } catch (GeneralSecurityException e) {
      throw new GatewardenBug("`" + jws.algorithm() + "` cannot be checked", e);
    }
  }

  private static boolean preferring(
      Jws jws, VerificationKey.Material.Public key, Provider preferred)
      throws GeneralSecurityException {
    try {
      return verify(jws, key.in(preferred), preferred);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      return verify(jws, key.key(), null);
    }
  }

  private static boolean verify(Jws jws, PublicKey key, @Nullable Provider provider)
      throws GeneralSecurityException {
    Algorithm algorithm = jws.algorithm();
    Signature signature =
        provider == null
            ? Signature.getInstance(algorithm.jca())
            : Signature.getInstance(algorithm.jca(), provider);
    if (algorithm.isPss()) {
      signature.setParameter(
          new PSSParameterSpec(
              algorithm.digest(),
              "MGF1",
              new MGF1ParameterSpec(algorithm.digest()),
              algorithm.length(),
              1));
    }
    signature.initVerify(key);
    signature.update(jws.input());
    return signature.verify(jws.signature());
  }
}
