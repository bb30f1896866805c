package dev.gatewarden.controls.guards.intake;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Stage;
import java.util.Optional;

/// Lets nothing happen on the word of early data, which anybody who saw it may send again.
///
/// The gate itself takes no early data (TLS 1.3, 0-RTT). Something in front of it may, and says so
/// by
/// `Early-Data: 1` (RFC 8470): requests that change something are answered 425 then, and a client
/// repeats them once its handshake is complete. Requests that only read pass, and the header with
/// them. Whoever writes the header without need harms only itself, so it counts from everybody.
@Control(
    id = "early-data",
    stage = Stage.INTAKE,
    threats = {Threat.API2_AUTHENTICATION})
public final class EarlyDataGuard implements Guard {

  /// Nothing can be set.
  public record Config() {}

  /// Why a request is refused.
  public enum Why implements Reason {
    TOO_EARLY(425, "send this again once the handshake is complete");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "early-data";
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
          EarlyDataGuard.class,
          new Config(),
          Reads.HEAD,
          Why.values(),
          (setting, _) ->
              isSafe(setting.operation().method())
                  ? Optional.empty()
                  : Optional.of(new EarlyDataGuard()));

  private static final Verdict REFUSED = Verdict.deny(Why.TOO_EARLY);

  private EarlyDataGuard() {}

  /// RFC 9110, section 9.2.1.
  private static boolean isSafe(String method) {
    return switch (method) {
      case "GET", "HEAD", "OPTIONS", "TRACE" -> true;
      default -> false;
    };
  }

  @Override
  public Verdict judge(Call call) {
    // A value that is none counts like `1` (RFC 8470, section 5.1).
    return call.exchange().request().headers().first("early-data") == null
        ? Verdict.pass()
        : REFUSED;
  }
}
