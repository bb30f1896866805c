package dev.gatewarden.core.contract;

import java.util.List;

/// What those see of a value who may not see it: nothing, unless the contract gives some of them
/// more (`x-gatewarden-mask`).
///
/// @param shares who sees what, the first that holds counts
/// @param otherwise what everybody else sees
public record Masking(List<Share> shares, Mask otherwise) {

  /// Nobody else sees that there is a value.
  public static final Masking REMOVED = new Masking(List.of(), Mask.REMOVE);

  /// What one kind of caller sees in place of a value.
  public record Share(Grant to, Mask mask) {}

  public Masking {
    shares = List.copyOf(shares);
  }
}
