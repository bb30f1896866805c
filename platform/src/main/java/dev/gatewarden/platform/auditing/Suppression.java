package dev.gatewarden.platform.auditing;

import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.finding.Finding;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Somebody's word that findings may stand for a while.
///
/// @param finding the id of one finding, or of a rule for all it finds
/// @param operation only in that operation, or null for everywhere
/// @param until the last day on which it holds
public record Suppression(
    String finding,
    @Nullable String operation,
    String owner,
    String because,
    LocalDate until,
    Place place) {

  /// Whether it names a finding.
  boolean names(Finding other) {
    return finding.equals(other.id()) || finding.equals(other.control());
  }
}
