package dev.gatewarden.core.policy.model;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Place;
import org.jspecify.annotations.Nullable;

/// Which guards are excused from enforcing, and where that is said.
@FunctionalInterface
public interface Enforcement {
  /// Every guard enforces.
  Enforcement ALL = (_, _) -> null;

  String PERMISSION = "permission";
  String TENANT = "tenant-match";
  String REQUEST = "object-owner";
  String FILTER = "owner-filter";
  String ANSWER = "object-release";

  /// Where a guard is excused at an operation; null where it enforces.
  @Nullable Place excused(String guard, Operation operation);

  default boolean enforced(String guard, Operation operation) {
    return excused(guard, operation) == null;
  }
}
