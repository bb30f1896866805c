package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What holds for all properties of one data class (`components.x-gatewarden-classes`).
///
/// @param read who may see them, or null where everybody may who gets the answer
/// @param write who may write them, or null where everybody may who may send the request
/// @param mask what everybody else sees
public record DataClass(
    String name, @Nullable List<Grant> read, @Nullable Writers write, Masking mask, Place place) {
  public DataClass {
    read = read == null ? null : List.copyOf(read);
  }
}
