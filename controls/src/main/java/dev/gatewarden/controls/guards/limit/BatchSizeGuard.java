package dev.gatewarden.controls.guards.limit;

import dev.gatewarden.controls.guards.Bound;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.limit.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Bounds how many objects one request may name, and how many of them a caller may send in a time,
/// in however few requests: a hundred changes in one body are a hundred changes.
///
/// Each id that a binding finds counts, wherever it stands, also one that comes twice. The first is
/// what `principal-limit` counts; the rest take from `items`. A request that another guard refuses
/// takes nothing.
@Control(
    id = "batch-size",
    stage = Stage.CONFORM,
    threats = {Threat.API4_RESOURCE_CONSUMPTION, Threat.API6_BUSINESS_FLOWS})
public final class BatchSizeGuard implements Guard {

  /// What can be set.
  ///
  /// @param most how many objects one request may name; from 1 to 10000
  /// @param items how many of batches a caller may send in the long run, at one operation
  public record Config(long most, Rate items) {
    public Config {
      Bound.within("most", most, 1, 10_000);
      if (items.count() < most) {
        throw new IllegalArgumentException(
            "`items` is `" + items + "`, less than `most`, which is `" + most + "`");
      }
    }
  }

  /// Why a request is refused.
  public enum Why implements Reason {
    TOO_LARGE(413, "the request names too many objects at once"),
    TOO_MANY(429, "too many objects were named in too short a time");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "batch-size";
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public String summary() {
      return summary;
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          BatchSizeGuard.class,
          new Config(100, new Rate(3_000, Duration.ofMinutes(1))),
          Reads.BODY,
          Why.values(),
          BatchSizeGuard::seated);

  private static final Per CALLER = Per.parse("user");

  private final Config config;
  private final String prefix;
  private final Duration window;

  private BatchSizeGuard(Setting setting, Config config) {
    this.config = config;
    this.prefix = "batch-size/" + setting.operation().id() + "/";
    this.window = config.items().fill(config.items().count());
  }

  private static Optional<Guard> seated(Setting setting, Config config) {
    return setting.operation().objects().list().isEmpty()
        ? Optional.empty()
        : Optional.of(new BatchSizeGuard(setting, config));
  }

  @Override
  public Verdict judge(Call call) {
    int items = call.objects().size();
    if (items <= 1) {
      return Verdict.pass();
    }
    if (items > config.most()) {
      return Verdict.deny(Why.TOO_LARGE);
    }
    String key = prefix + CALLER.of(call.exchange());
    Claim rest = Claim.take(key, items - 1, config.items().count(), window, Why.TOO_MANY);
    return new Verdict.Pass(null, List.of(rest), List.of());
  }
}
