package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.address.Block;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.exchange.ExchangeId;
import dev.gatewarden.gateway.conformity.Conformity;
import dev.gatewarden.gateway.recorder.Metrics;
import dev.gatewarden.gateway.recorder.Recorder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What all APIs behind one gate share.
///
/// @param trust whose forwarding headers count
/// @param ceilings what no message may exceed
/// @param nanos a clock that only goes forward, for durations
/// @param ids makes the name of each exchange
/// @param policy the digest of the configuration in force, as decision lines name it
/// @param without guards that are left out, for tests that show what a guard is worth
/// @param conformity how well the answers so far kept their contracts
/// @param forwardedCertificates whether those forwarders pass on the caller's certificate (RFC
///     9440)
/// @param load how much there is to do: 0 where all is well, up to 4; what matters less is refused
/// @param era which generation these settings are of
public record GateSettings(
    List<Block> trust,
    Ceilings ceilings,
    Claims claims,
    Recorder recorder,
    Metrics metrics,
    InstantSource clock,
    LongSupplier nanos,
    Supplier<ExchangeId> ids,
    String policy,
    Set<String> without,
    Conformity conformity,
    boolean forwardedCertificates,
    IntSupplier load,
    Era era) {

  /// The settings of a gate that begins to watch answers.
  public GateSettings(
      List<Block> trust,
      Ceilings ceilings,
      Claims claims,
      Recorder recorder,
      Metrics metrics,
      InstantSource clock,
      LongSupplier nanos,
      Supplier<ExchangeId> ids,
      String policy,
      Set<String> without) {
    this(
        trust,
        ceilings,
        claims,
        recorder,
        metrics,
        clock,
        nanos,
        ids,
        policy,
        without,
        new Conformity(),
        false,
        () -> 0,
        Era.only());
  }

  /// How long what an exchange took is held before it is given up, beyond the upstream's deadline.
  static final Duration SETTLING = Duration.ofSeconds(30);

  /// The most bytes of a body that is read before the caller is known.
  static final long MOST_UNPROVED = 1 << 20;

  /// The most bytes of one item of an answer that is judged while it passes.
  static final long MOST_ITEM = 1 << 20;
}
