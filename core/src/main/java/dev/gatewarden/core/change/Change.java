package dev.gatewarden.core.change;

import dev.gatewarden.core.document.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One difference between two contracts.
///
/// @param id its kind and a short digest of what it is about, the same in every run and wherever
///     lines move; what a user agrees to
/// @param before where it stands, or stood, in the old contract, or what was around it; null where
///     the old contract has nothing like it
/// @param after the same in the new contract
/// @param sentence what is different, in lower case
/// @param operations the operations it concerns, by name, as the new contract has them where it has
///     them; none where it concerns the contract itself
public record Change(
    Kind kind,
    String id,
    @Nullable Place before,
    @Nullable Place after,
    String sentence,
    List<String> operations) {

  public Change {
    operations = List.copyOf(operations);
  }
}
