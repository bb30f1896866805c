package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.contract.Cursor;
import dev.gatewarden.core.opaque.OpaquePlace;
import dev.gatewarden.core.opaque.Tenant;
import dev.gatewarden.gateway.binder.opaque.Swapping;
import org.jspecify.annotations.Nullable;

/// The query parameter by which the pages of one operation are found: another one to callers than
/// to the service.
public record PageCursor(Cursor cursor, OpaquePlace place) {

  /// Whether a parameter is it.
  boolean is(String name, Swapping way) {
    return name.equals(way == Swapping.INWARD ? cursor.in() : cursor.inner());
  }

  /// Whether a caller brings what only the gate may say.
  boolean bare(String name, Swapping way) {
    return way == Swapping.INWARD
        && name.equals(cursor.inner())
        && !cursor.in().equals(cursor.inner());
  }

  /// The parameter as the other side writes it; null where it is no place that was given out.
  @Nullable String pair(String value, Swapping way, Tenant tenant) {
    String other =
        switch (way) {
          case INWARD -> place.open(value, tenant);
          case OUTWARD -> number(value) < 0 ? null : place.seal(number(value), tenant);
        };
    String name = way == Swapping.INWARD ? cursor.inner() : cursor.in();
    return other == null ? null : name + "=" + other;
  }

  private static long number(String text) {
    try {
      return text.length() > 15 ? -1 : Long.parseLong(text);
    } catch (NumberFormatException none) {
      return -1;
    }
  }
}
