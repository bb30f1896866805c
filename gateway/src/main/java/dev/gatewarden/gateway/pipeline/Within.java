package dev.gatewarden.gateway.pipeline;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long a service may take for one request.
///
/// @param head from forwarding until the response's head is complete; where the request's body is
///     streamed, from its last progress
/// @param whole from forwarding until the last byte of the answer; null for as long as it goes on
/// @param hurried whether the caller gave it less time than the operator: that it came too late
///     says nothing of the service then
public record Within(Duration head, @Nullable Duration whole, boolean hurried) {
  /// As long as the operator gives it, and as long as it goes on.
  public static Within head(Duration head) {
    return new Within(head, null, false);
  }
}
