package dev.gatewarden.controls.guards;

import dev.gatewarden.core.identity.KeyProofs;
import dev.gatewarden.core.identity.Possession;
import dev.gatewarden.core.limit.DurationText;
import dev.gatewarden.testkit.cases.Scene;
import dev.gatewarden.testkit.cases.Words;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;

/// Proofs as a case writes them: `proofs: {p1: {key: k1, method: GET, uri: …, at: -5s, id: j1,
/// token: good}}`, where `fault` names why one cannot be read and `signature` what is wrong with
/// it.
///
/// The nonce of now is `n2`, the one before it `n1`.
record WrittenProofs(Words said, Instant now) implements KeyProofs {

  static Possession possession(Scene scene) {
    String demand = scene.said().text("bound", "none").toUpperCase(Locale.ROOT);
    return new Possession(
        Possession.Demand.valueOf(demand),
        new WrittenProofs(scene.said().object("proofs"), scene.clock().instant()));
  }

  @Override
  public Read read(String proof) {
    if (!said.has(proof)) {
      return Read.UNREADABLE;
    }
    Words words = said.object(proof);
    if (words.has("fault")) {
      return new Read.Unreadable(Fault.valueOf(words.text("fault")));
    }
    String signature = words.text("signature", "good").toUpperCase(Locale.ROOT);
    return new Read.Said(
        new Statement(
            words.text("algorithm", "ES256"),
            words.text("key", "k1"),
            words.text("method", "GET"),
            words.text("uri", ""),
            at(words.text("at", "0s")),
            words.text("id", proof),
            words.text("token", "").isEmpty() ? "" : digest(words.text("token", "")),
            words.text("nonce", "")),
        () -> Checked.valueOf(signature));
  }

  private long at(String offset) {
    boolean back = offset.startsWith("-");
    Duration by = DurationText.parse(back ? offset.substring(1) : offset);
    return (back ? now.minus(by) : now.plus(by)).getEpochSecond();
  }

  private static String digest(String token) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(token.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public String nonce() {
    return "n2";
  }

  @Override
  public boolean isFresh(String nonce) {
    return nonce.equals("n1") || nonce.equals("n2");
  }
}
