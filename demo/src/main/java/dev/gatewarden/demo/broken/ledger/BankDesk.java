package dev.gatewarden.demo.broken.ledger;

import dev.gatewarden.demo.broken.Ask;
import dev.gatewarden.demo.broken.Jwt;
import dev.gatewarden.demo.broken.Refused;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where the bank's events are believed or not, by the Standard Webhooks.
final class BankDesk {

  private static final byte[] SECRET =
      Base64.getDecoder().decode("bGVkZ2VyLWJhbmstZXZlbnRzLWRlbW8tc2VjcmV0");
  private static final long WINDOW = 300;

  private final boolean unsigned;
  private final boolean replayed;
  private final Clock clock;
  private final Set<String> seen = new HashSet<>();

  /// @param unsigned whether nobody looks at signatures
  /// @param replayed whether nobody looks at ids and times
  BankDesk(boolean unsigned, boolean replayed, Clock clock) {
    this.unsigned = unsigned;
    this.replayed = replayed;
    this.clock = clock;
  }

  void clear() {
    seen.clear();
  }

  /// @throws Refused when the event is not the bank's, or old
  void believe(Ask ask) {
    String time = given(ask.header("webhook-timestamp"));
    String head = given(ask.header("webhook-id")) + "." + time + ".";
    if (!unsigned && !signed(head, ask)) {
      throw new Refused(401, "the signature is wrong", "www-authenticate", "Webhook-Signature");
    }
    if (!replayed && !unsigned && !fresh(time)) {
      throw new Refused(400, "the event is too old");
    }
  }

  /// @throws Refused when the event was taken before
  void takeOnce(Ask ask) {
    String id = given(ask.header("webhook-id"));
    if (!replayed && !id.isEmpty() && !seen.add(id)) {
      throw new Refused(409, "the event was taken before");
    }
  }

  private boolean fresh(String time) {
    try {
      return Math.abs(clock.instant().getEpochSecond() - Long.parseLong(time)) <= WINDOW;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean signed(String head, Ask ask) {
    byte[] before = head.getBytes(StandardCharsets.UTF_8);
    byte[] body = ask.request().body();
    byte[] text = new byte[before.length + body.length];
    System.arraycopy(before, 0, text, 0, before.length);
    System.arraycopy(body, 0, text, before.length, body.length);
    String right = "v1," + Base64.getEncoder().encodeToString(Jwt.hmac(SECRET, text));
    for (String one : given(ask.header("webhook-signature")).split(" ", -1)) {
      if (MessageDigest.isEqual(
          right.getBytes(StandardCharsets.UTF_8), one.getBytes(StandardCharsets.UTF_8))) {
        return true;
      }
    }
    return false;
  }

  private static String given(@Nullable String value) {
    return value == null ? "" : value;
  }
}
