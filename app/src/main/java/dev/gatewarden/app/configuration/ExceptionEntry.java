package dev.gatewarden.app.configuration;

import dev.gatewarden.core.decision.Mode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// An excuse, for a reason, by somebody, until a day: one guard does less than enforce, or one
/// issuer's tokens prove less than they should.
///
/// @param guard the guard's id
/// @param operation which operations: `shop.getOrder`, or `shop.*` for all of one API
/// @param mode `observe` (what would be refused is recorded) or `off`
/// @param issuer the issuer's name, where no guard is excused but an issuer
/// @param allows what is borne with in its tokens
/// @param because why
/// @param owner who answers for it
/// @param until the last day on which it holds (UTC); afterwards the guard is enforced again, and
///     the issuer's weak tokens are refused
public record ExceptionEntry(
    @Nullable String guard,
    @Nullable String operation,
    @Nullable Mode mode,
    @Nullable String issuer,
    @Nullable Allows allows,
    String because,
    String owner,
    LocalDate until) {

  /// What an issuer's tokens may lack.
  public enum Allows {
    /// Both sides hold one secret (`HS256`), so whoever can check a token can make one.
    SHARED_SECRET,
    /// Tokens do not say for whom they are, so one for another service is good here.
    NO_AUDIENCE
  }

  /// Whether it still holds on a day.
  public boolean holdsOn(LocalDate day) {
    return !day.isAfter(until);
  }

  /// The first instant at which it holds no longer.
  public Instant end() {
    return until.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /// What the guard does instead of its work.
  public Mode lowered() {
    return mode == null ? Mode.ENFORCE : mode;
  }

  /// Whether it speaks of a guard at an operation.
  public boolean excuses(String id, String api, String operationName) {
    return id.equals(guard) && covers(api, operationName);
  }

  /// Whether it speaks of an issuer and of what that lacks.
  public boolean excuses(String name, Allows lacking) {
    return name.equals(issuer) && allows == lacking;
  }

  private boolean covers(String api, String operationName) {
    if (operation == null) {
      return false;
    }
    if (operation.endsWith(".*")) {
      return operation.length() == api.length() + 2 && operation.startsWith(api);
    }
    return operation.length() == api.length() + 1 + operationName.length()
        && operation.startsWith(api)
        && operation.charAt(api.length()) == '.'
        && operation.endsWith(operationName);
  }
}
