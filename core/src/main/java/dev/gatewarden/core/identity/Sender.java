package dev.gatewarden.core.identity;

import java.time.Duration;
import java.util.List;

/// Somebody who sends signed events: the `senders` of the configuration.
///
/// @param name the name in the configuration, `stripe`
/// @param secrets the newest first; each of them is good, so that they can be rotated
/// @param window how far a signed timestamp may lie from now, either way; at most ten minutes
public record Sender(String name, SignatureLayout layout, List<Secret> secrets, Duration window) {
  /// The window where nothing else is said.
  public static final Duration WINDOW = Duration.ofMinutes(5);

  public Sender {
    secrets = List.copyOf(secrets);
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("`secrets` must name at least one secret");
    }
    if (window.toSeconds() < 1 || window.toSeconds() > 600) {
      throw new IllegalArgumentException("`window` must lie between `1s` and `10m`");
    }
  }
}
