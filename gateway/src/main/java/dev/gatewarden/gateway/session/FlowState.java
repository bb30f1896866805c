package dev.gatewarden.gateway.session;

import dev.gatewarden.gateway.identity.Base64Url;
import dev.gatewarden.gateway.state.Sealing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A login on its way. It is kept by the browser, sealed, so that a flood of logins fills nothing
/// here.
///
/// @param state comes back from the provider, and ties its answer to this browser
/// @param nonce comes back within the ID token
/// @param verifier proves at the token endpoint that the code is ours (RFC 7636)
/// @param redirect where the provider sends the browser back to
/// @param back where the browser goes then
/// @param acr what the user must sign in with, or empty
/// @param maxAge how recently, in seconds, or -1
record FlowState(
    String state,
    String nonce,
    String verifier,
    String redirect,
    String back,
    String acr,
    long maxAge,
    Instant begun) {
  static final Duration LIFE = Duration.ofMinutes(10);

  static FlowState begin(
      String redirect, String back, String acr, long maxAge, Instant now, RandomGenerator random) {
    return new FlowState(
        secret(random), secret(random), secret(random), redirect, back, acr, maxAge, now);
  }

  /// 256 random bits.
  static String secret(RandomGenerator random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Base64Url.encode(bytes);
  }

  /// What the authorization request says of the verifier (RFC 7636, section 4.2).
  String challenge() {
    try {
      return Base64Url.encode(
          java.security.MessageDigest.getInstance("SHA-256")
              .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new dev.gatewarden.core.GatewardenBug("no SHA-256", e);
    }
  }

  boolean holdsAt(Instant now) {
    return !now.isBefore(begun.minusSeconds(60)) && now.isBefore(begun.plus(LIFE));
  }

  String sealed(Sealing sealing, RandomGenerator random) {
    return Base64Url.encode(sealing.seal(said(), random));
  }

  private Map<String, Object> said() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("s", state);
    all.put("n", nonce);
    all.put("v", verifier);
    all.put("r", redirect);
    all.put("b", back);
    all.put("a", acr);
    all.put("m", maxAge);
    all.put("t", begun.getEpochSecond());
    return all;
  }

  /// The login that a cookie carries, or null.
  static @Nullable FlowState open(String cookie, Sealing sealing) {
    byte[] sealed = Base64Url.decode(cookie);
    Map<String, Object> all = sealed == null ? null : sealing.said(sealed);
    return all != null
            && all.get("s") instanceof String state
            && all.get("n") instanceof String nonce
            && all.get("v") instanceof String verifier
            && all.get("r") instanceof String redirect
            && all.get("b") instanceof String back
            && all.get("a") instanceof String acr
            && all.get("m") instanceof Long maxAge
            && all.get("t") instanceof Long begun
        ? new FlowState(
            state, nonce, verifier, redirect, back, acr, maxAge, Instant.ofEpochSecond(begun))
        : null;
  }

  /// Nothing that proves anything.
  @Override
  public String toString() {
    return "FlowState[" + begun + "]";
  }
}
