package dev.gatewarden.app.configuration;

import dev.gatewarden.core.decision.Mode;
import java.time.LocalDate;

/// An excuse: one guard does less than enforce, for a reason, by somebody, until a day.
///
/// @param guard the guard's id
/// @param operation which operations: `shop.getOrder`, or `shop.*` for all of one API
/// @param mode `observe` (what would be refused is recorded) or `off`
/// @param because why
/// @param owner who answers for it
/// @param until the last day on which it holds (UTC); afterwards the guard is enforced again
public record ExceptionEntry(
    String guard, String operation, Mode mode, String because, String owner, LocalDate until) {

  /// Whether it still holds on a day.
  public boolean holdsOn(LocalDate day) {
    return !day.isAfter(until);
  }

  /// Whether it speaks of an operation.
  public boolean covers(String api, String operationName) {
    if (operation.endsWith(".*")) {
      return operation.length() == api.length() + 2 && operation.startsWith(api);
    }
    return operation.length() == api.length() + 1 + operationName.length()
        && operation.startsWith(api)
        && operation.charAt(api.length()) == '.'
        && operation.endsWith(operationName);
  }
}
