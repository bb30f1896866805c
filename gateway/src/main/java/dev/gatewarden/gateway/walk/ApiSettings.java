package dev.gatewarden.gateway.walk;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Ports;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Priority;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.Target;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.opaque.OpaqueIds;
import dev.gatewarden.gateway.pipeline.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One API as the operator set it up.
///
/// @param host the host callers address, lower case, without port; null for any
/// @param path what stands before the contract's paths; `/` for nothing
/// @param basePath what stands before them at the upstream; empty for nothing
/// @param timing how long the service may take
/// @param own what the gate answers by itself at this API's host
/// @param strip fields of callers that end at the gate, in lower case with `-`, beside those that
///     always do
/// @param opaqueIds the keys of ids that callers see, or null where there are none
public record ApiSettings(
    Contract contract,
    @Nullable String host,
    String path,
    Upstreams upstreams,
    String basePath,
    Timing timing,
    Identity identity,
    Ports ports,
    Tuning tuning,
    List<OwnRoute> own,
    Set<String> strip,
    @Nullable OpaqueIds opaqueIds) {

  public ApiSettings {
    own = List.copyOf(own);
    strip = Set.copyOf(strip);
  }

  /// An API that strips what every API does.
  public ApiSettings(
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
    this(
        contract,
        host,
        path,
        upstreams,
        basePath,
        new Timing(new Times(deadline, null), Map.of()),
        identity,
        ports,
        tuning,
        own,
        Set.of(),
        null);
  }

  /// How long the service may take for a request.
  ///
  /// @param head from forwarding until the response's head is there
  /// @param whole from the complete request head until the last byte of the answer; null for as
  ///     long as it goes on
  public record Times(Duration head, @Nullable Duration whole) {
    private Duration longest() {
      return whole == null || whole.compareTo(head) < 0 ? head : whole;
    }
  }

  /// How long the service may take.
  ///
  /// @param each what is said of single operations, by their name
  public record Timing(Times usual, Map<String, Times> each) {
    public Timing {
      each = Map.copyOf(each);
    }

    Times of(Operation operation) {
      return each.isEmpty() ? usual : each.getOrDefault(operation.id().name(), usual);
    }

    /// The longest that anything may take.
    Duration longest() {
      Duration most = usual.longest();
      for (Times times : each.values()) {
        most = times.longest().compareTo(most) > 0 ? times.longest() : most;
      }
      return most;
    }
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

    /// A token for this upstream alone, for which the caller's is exchanged.
    record Exchanged(TokenSwap swap) implements Identity {}

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

  /// Exchanges the caller's token for another.
  @FunctionalInterface
  public interface TokenSwap {
    /// The token for the upstream, or why there is none.
    ///
    /// @throws dev.gatewarden.core.decision.WouldWait when it is not at hand and the thread must
    ///     not wait
    Swapped token(Exchange exchange);
  }

  /// What an exchange of tokens gives.
  public sealed interface Swapped {
    /// A token in place of the caller's.
    record Token(String text) implements Swapped {
      /// Nothing of the token.
      @Override
      public String toString() {
        return "Token";
      }
    }

    /// Nothing: the request cannot be forwarded.
    record Failed(Reason reason) implements Swapped {}
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

    /// How long an operation goes on being served while there is too much to do.
    default Priority priority(Operation operation) {
      return Priority.of(operation);
    }
  }
}
