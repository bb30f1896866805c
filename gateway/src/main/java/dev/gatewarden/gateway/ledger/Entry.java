package dev.gatewarden.gateway.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One line of the ledger: whose a token is, since when and until when; never the token.
///
/// @param renewal whether it buys new tokens and nothing else
/// @param subject without characters that end a line
/// @param issued when the gate saw it
/// @param ends when it ends at the latest
record Entry(
    boolean renewal, String subject, @Nullable String tenant, Instant issued, Instant ends) {
  private static final int FIELDS = 5;

  Entry endingBy(Instant instant) {
    return ends.isAfter(instant) ? new Entry(renewal, subject, tenant, issued, instant) : this;
  }

  byte[] bytes() {
    String text =
        (renewal ? "renewal" : "token")
            + '\n'
            + issued
            + '\n'
            + ends
            + '\n'
            + subject
            + '\n'
            + (tenant == null ? "" : "=" + tenant);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// The line that bytes hold, or null when they hold none.
  static @Nullable Entry read(byte[] bytes) {
    String[] fields = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
    if (fields.length != FIELDS) {
      return null;
    }
    return new Entry(
        fields[0].equals("renewal"),
        fields[3],
        fields[4].isEmpty() ? null : fields[4].substring(1),
        Instant.parse(fields[1]),
        Instant.parse(fields[2]));
  }
}
