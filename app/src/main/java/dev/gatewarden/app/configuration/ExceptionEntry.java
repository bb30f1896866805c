package dev.gatewarden.app.configuration;

import dev.gatewarden.core.decision.Mode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// An excuse, for a reason, by somebody, until a day: one guard does less than enforce, one
/// issuer's tokens prove less than they should, or one decision point's failures let requests pass.
///
/// @param guard the guard's id
/// @param operation which operations: `shop.getOrder`, or `shop.*` for all of one API
/// @param mode `observe` (what would be refused is recorded) or `off`
/// @param issuer the issuer's name, where no guard is excused but an issuer
/// @param decisionPoint the decision point's name, where one is excused
/// @param allows what is borne with: in the issuer's tokens, or when the decision point is gone
/// @param because why
/// @param owner who answers for it
/// @param until the last day on which it holds (UTC); afterwards the guard is enforced again, the
///     issuer's weak tokens are refused, and a decision point that is gone refuses
public record ExceptionEntry(
    @Nullable String guard,
    @Nullable String operation,
    @Nullable Mode mode,
    @Nullable String issuer,
    @Nullable String decisionPoint,
    @Nullable Allows allows,
    String because,
    String owner,
    LocalDate until) {

  /// What an issuer's tokens may lack, or what a decision point may fail to do.
  public enum Allows {
    /// Both sides hold one secret (`HS256`), so whoever can check a token can make one.
    SHARED_SECRET,
    /// Tokens do not say for whom they are, so one for another service is good here.
    NO_AUDIENCE,
    /// Requests pass while the decision point cannot say whether they may.
    OPEN_WHEN_GONE
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

  /// Whether it lets requests pass while a decision point is gone.
  public boolean opens(String point) {
    return point.equals(decisionPoint) && allows == Allows.OPEN_WHEN_GONE;
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
