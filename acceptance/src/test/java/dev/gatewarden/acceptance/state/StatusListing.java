package dev.gatewarden.acceptance.state;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;

/// A status list that the issuer of `GuardedGate` publishes.
final class StatusListing {
  private StatusListing() {}

  /// The text of a list.
  ///
  /// @param uri where it stands
  /// @param withdrawn a bit for each of the first eight tokens, the first the lowest
  /// @param seconds how long it may be kept
  static String of(String uri, int withdrawn, long seconds) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(withdrawn);
    } catch (java.io.IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("sub", uri);
    claims.put("iat", Instant.now().getEpochSecond());
    claims.put("ttl", seconds);
    claims.put(
        "status_list",
        Map.of(
            "bits",
            1L,
            "lst",
            Base64.getUrlEncoder().withoutPadding().encodeToString(packed.toByteArray())));
    return GuardedGate.signed("statuslist+jwt", claims);
  }
}
