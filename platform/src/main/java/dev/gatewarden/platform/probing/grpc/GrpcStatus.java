package dev.gatewarden.platform.probing.grpc;

import org.jspecify.annotations.Nullable;

/// The statuses of gRPC, by their numbers.
enum GrpcStatus {
  OK,
  CANCELLED,
  UNKNOWN,
  INVALID_ARGUMENT,
  DEADLINE_EXCEEDED,
  NOT_FOUND,
  ALREADY_EXISTS,
  PERMISSION_DENIED,
  RESOURCE_EXHAUSTED,
  FAILED_PRECONDITION,
  ABORTED,
  OUT_OF_RANGE,
  UNIMPLEMENTED,
  INTERNAL,
  UNAVAILABLE,
  DATA_LOSS,
  UNAUTHENTICATED;

  /// The status of a header, or null where it is none.
  static @Nullable GrpcStatus of(@Nullable String number) {
    try {
      int at = number == null ? -1 : Integer.parseInt(number.strip());
      return at >= 0 && at < values().length ? values()[at] : null;
    } catch (NumberFormatException none) {
      return null;
    }
  }

  /// Whether the code behind it failed.
  boolean failed() {
    return this == UNKNOWN || this == INTERNAL || this == DATA_LOSS;
  }
}
