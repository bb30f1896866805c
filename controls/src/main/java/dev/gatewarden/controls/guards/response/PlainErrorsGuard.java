package dev.gatewarden.controls.guards.response;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.ExchangeId;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Response;
import dev.gatewarden.core.exchange.Stage;
import java.util.List;
import java.util.Optional;

/// Puts a plain problem (RFC 9457) in the place of what a service says when it fails: its status,
/// and
/// the id of the decision, under which the service's own logs have the rest (`X-Request-Id`).
///
/// An error of the service (5xx) passes only where the contract promises that very status, or its
/// class, and the body is what is promised. Any error whose body looks like a stack trace or a
/// database's complaint is replaced; an answer that claims success, breaks its contract and looks
/// like one is kept back.
@Control(
    id = "plain-errors",
    stage = Stage.RETURN,
    threats = {Threat.API8_MISCONFIGURATION})
public final class PlainErrorsGuard implements Guard {

  /// Which errors of services are replaced.
  public enum ServerErrors {
    /// All of them.
    REPLACE,
    /// Those that the contract does not promise.
    PROMISED,
    /// None but those that look like a trace.
    PASS
  }

  /// What can be set.
  ///
  /// @param serverErrors which bodies of 5xx are replaced: `replace` for all, `promised` for those
  ///     that the contract does not promise, `pass` for none
  /// @param traces whether bodies that look like stack traces are replaced, whatever their status
  public record Config(ServerErrors serverErrors, boolean traces) {}

  /// Why an answer is replaced or kept back.
  public enum Why implements Reason {
    SERVER_ERROR(200, "an error of the service was replaced by a plain one"),
    TRACE(200, "an error that shows how it came about was replaced by a plain one"),
    TRACE_SHOWN(502, "the service's answer shows how something failed inside it");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "plain-errors";
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
          PlainErrorsGuard.class,
          new Config(ServerErrors.PROMISED, true),
          Reads.RESPONSE_BODY,
          Why.values(),
          (setting, config) -> Optional.of(new PlainErrorsGuard(setting, config)));

  private final Operation operation;
  private final Config config;

  private PlainErrorsGuard(Setting setting, Config config) {
    this.operation = setting.operation();
    this.config = config;
  }

  @Override
  public Verdict judge(Call call) {
    Response response = call.exchange().response();
    if (response == null || response.body().whole().length() == 0) {
      return Verdict.pass();
    }
    Reading body = response.body();
    int status = response.status();
    boolean failed = status >= 500;
    if (failed && !passes(status, body)) {
      return replaced(Why.SERVER_ERROR, status, call.exchange().id());
    }
    if (!config.traces() || (status < 400 && body.conforms()) || !Traces.in(body.whole())) {
      return Verdict.pass();
    }
    return status < 400
        ? Verdict.deny(Why.TRACE_SHOWN)
        : replaced(Why.TRACE, status, call.exchange().id());
  }

  private boolean passes(int status, Reading body) {
    return switch (config.serverErrors()) {
      case REPLACE -> false;
      case PASS -> true;
      case PROMISED -> {
        var promised = operation.responses().of(status);
        yield promised != null
            && !promised.status().equals("default")
            && !promised.content().isEmpty()
            && body.conforms();
      }
    };
  }

  private static Verdict replaced(Why why, int status, ExchangeId id) {
    return new Verdict.Redact(
        why, List.of(new Edit.ReplaceBody(problem(status, id), "application/problem+json")));
  }

  /// A problem that says that the service failed, and under which id.
  static String problem(int status, ExchangeId id) {
    return "{\"type\":\"urn:gatewarden:problem:service-error\",\"title\":\"the service answered"
        + " with an error\",\"status\":"
        + status
        + ",\"instance\":\"urn:gatewarden:decision:"
        + id.text()
        + "\"}";
  }
}
