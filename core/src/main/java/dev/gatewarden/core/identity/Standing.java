package dev.gatewarden.core.identity;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The names under which a Principal may be shut out, and when its proof was issued.
///
/// @param token issuer and `jti`, or null
/// @param subject issuer and subject
/// @param client issuer and client, or null
/// @param issuedAt the epoch where nobody says: every block holds for it
public record Standing(
    @Nullable String token, String subject, @Nullable String client, Instant issuedAt) {

  /// Read from what was proved, never from the text of a credential: the same token written in
  /// another way stays the same.
  public static Standing of(Principal principal) {
    String issuer = principal.issuer();
    String client = principal.client();
    Object id = principal.claims().get("jti");
    return new Standing(
        id instanceof String text ? name(issuer, text) : null,
        principal.key(),
        client == null ? null : name(issuer, client),
        instant(principal.claims().get("iat")));
  }

  /// The name that a block of something of an issuer bears.
  public static String name(String issuer, String own) {
    return issuer + "|" + own;
  }

  /// Whether any of the names is shut out now.
  public boolean shutOut(Blocks blocks) {
    return (token != null && blocks.blocked(Blocks.Kind.TOKEN, token, issuedAt))
        || blocks.blocked(Blocks.Kind.SUBJECT, subject, issuedAt)
        || (client != null && blocks.blocked(Blocks.Kind.CLIENT, client, issuedAt));
  }

  private static Instant instant(@Nullable Object seconds) {
    return switch (seconds) {
      case Long whole when whole >= 0 && whole < 253_402_300_800L -> Instant.ofEpochSecond(whole);
      case BigDecimal part
          when part.signum() >= 0 && part.compareTo(BigDecimal.valueOf(253_402_300_800L)) < 0 ->
          Instant.ofEpochMilli(part.movePointRight(3).longValue());
      case null, default -> Instant.EPOCH;
    };
  }
}
