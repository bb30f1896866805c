package dev.gatewarden.core.finding;

import dev.gatewarden.core.document.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One place where a finding shows.
///
/// @param place what is to be changed in the contract, or null where no contract promises it
/// @param operations the names of the operations that have it, in the order of the contract; none
///     where it concerns no operation
public record Spot(Subject subject, @Nullable Place place, List<String> operations) {
  public Spot {
    operations = List.copyOf(operations);
  }
}
