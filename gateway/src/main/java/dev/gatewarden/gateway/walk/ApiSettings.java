package dev.gatewarden.gateway.walk;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Ports;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.core.exchange.Target;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.gateway.pipeline.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One API as the operator set it up.
///
/// @param host the host callers address, lower case, without port; null for any
/// @param path what stands before the contract's paths; `/` for nothing
/// @param basePath what stands before them at the upstream; empty for nothing
/// @param deadline from forwarding until the response's head is there
/// @param own what the gate answers by itself at this API's host
public record ApiSettings(
    Contract contract,
    @Nullable String host,
    String path,
    Upstreams upstreams,
    String basePath,
    Duration deadline,
    Identity identity,
    Ports ports,
    Tuning tuning,
    List<OwnRoute> own) {

  public ApiSettings {
    own = List.copyOf(own);
  }

  /// The target of a request as the upstream knows it: its own base path in place of the API's.
  String atUpstream(Target target) {
    String text = target.text();
    String own = path.equals("/") ? text : text.substring(path.length());
    return own.startsWith("/") ? basePath + own : basePath + "/" + own;
  }

  /// What the upstream learns of the caller.
  public sealed interface Identity {
    /// A short-lived token of the gate's own, in place of the caller's credentials.
    record Signed(TokenMint mint) implements Identity {}

    /// The caller's credentials, as they came.
    record Forward() implements Identity {}

    /// Nothing.
    record None() implements Identity {}
  }

  /// Makes the gate's own tokens.
  @FunctionalInterface
  public interface TokenMint {
    /// A token that names the principal to one upstream.
    ///
    /// @param lease how long the principal holds: the token does not outlive it
    /// @throws dev.gatewarden.core.decision.WouldWait when a new one has to be signed and the
    ///     thread must not wait
    String token(Principal principal, Lease lease, String audience);
  }

  /// How the operator tuned and excused guards.
  public interface Tuning {
    /// The configuration of a guard at an operation.
    Record config(GuardEntry<?> guard, Operation operation);

    /// The mode until `until`; afterwards the guard enforces.
    Mode mode(GuardEntry<?> guard, Operation operation);

    /// When the mode ends; `Instant.MAX` where nothing relaxes the guard, or for a guard that
    /// begins in observe.
    Instant until(GuardEntry<?> guard, Operation operation);
  }
}
