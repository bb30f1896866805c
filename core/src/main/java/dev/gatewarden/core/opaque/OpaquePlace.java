package dev.gatewarden.core.opaque;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Places in the lists of one operation as callers see them, under all keys; for any number of
/// threads. A text means its place to callers of one tenant, at one operation; of 2^128 that
/// somebody makes up, one means any.
public final class OpaquePlace {
  private final List<TextCode> codes;

  OpaquePlace(List<TextCode> codes) {
    this.codes = List.copyOf(codes);
  }

  /// The text that callers of a tenant see.
  ///
  /// @param number from 0 to 2^53 - 1
  public String seal(long number, Tenant tenant) {
    String text = codes.getFirst().seal(Long.toString(number), tenant);
    if (text == null) {
      throw new IllegalArgumentException("`" + number + "` is no place in a list");
    }
    return text;
  }

  /// The number behind a text, in digits; null where nobody of the tenant was given it.
  public @Nullable String open(String text, Tenant tenant) {
    for (TextCode code : codes) {
      String number = code.open(text, tenant);
      if (number != null) {
        return number;
      }
    }
    return null;
  }
}
