package dev.gatewarden.app.configuration;

import java.time.Duration;
import java.util.List;

/// Who sends signed requests: a webhook's sender.
///
/// @param preset whose way of signing it is
/// @param secrets the shared secrets; any one that fits will do,
///     so that they can be rotated
/// @param window how far a timestamp may lie from now, either way; at most ten minutes
public record Sender(Preset preset, List<SecretReference> secrets, @Default("5m") Duration window) {

  /// A known way of signing requests.
  public enum Preset {
    STRIPE,
    GITHUB,
    SLACK,
    /// Standard Webhooks: `webhook-id`, `webhook-timestamp`, `webhook-signature`.
    STANDARD_WEBHOOKS
  }
}
