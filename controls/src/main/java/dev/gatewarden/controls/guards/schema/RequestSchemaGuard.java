package dev.gatewarden.controls.guards.schema;

import dev.gatewarden.controls.guards.Bound;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Breach;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Stage;
import java.util.List;
import java.util.Optional;

/// Lets a request pass only if it is what the contract promises: parameters, body, and no field
/// that the contract does not know.
///
/// A refusal names each place that is wrong and the part of the contract that says so, and repeats
/// nothing of the request.
@Control(
    id = "request-schema",
    stage = Stage.CONFORM,
    threats = {Threat.API3_PROPERTY_AUTHORIZATION, Threat.API8_MISCONFIGURATION})
public final class RequestSchemaGuard implements Guard {

  /// What becomes of cookies that the contract does not declare.
  public enum Cookies {
    /// They reach the service.
    PASS,
    /// The request is refused.
    REFUSE
  }

  /// What can be set.
  ///
  /// @param details how many faults a refusal names; from 0 to 100
  /// @param undeclaredCookies what becomes of a request with cookies that the contract does not
  ///     declare, which browsers send along unasked: `pass` or `refuse`
  public record Config(int details, Cookies undeclaredCookies) {
    public Config {
      Bound.within("details", details, 0, 100);
    }
  }

  /// Why a request is refused.
  public enum Why implements Reason {
    BREAKS_CONTRACT(400, "the request is not what the contract promises"),
    MISSING_PARAMETER(400, "the request lacks a parameter that the contract requires"),
    REPEATED_PARAMETER(400, "the request gives a parameter more than once"),
    UNDECLARED_PARAMETER(400, "the request has a parameter that the contract does not know");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "request-schema";
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
          RequestSchemaGuard.class,
          new Config(16, Cookies.PASS),
          Reads.BODY,
          Why.values(),
          (setting, config) -> Optional.of(new RequestSchemaGuard(config)));

  private final int details;

  private RequestSchemaGuard(Config config) {
    this.details = config.details();
  }

  @Override
  public Verdict judge(Call call) {
    if (call.body().conforms()) {
      return Verdict.pass();
    }
    List<Detail> all = details == 0 ? List.of() : call.body().explain();
    return Verdict.deny(
        why(call.body().breach()), all.size() <= details ? all : all.subList(0, details));
  }

  private static Why why(Breach breach) {
    return switch (breach) {
      case NONE, SCHEMA -> Why.BREAKS_CONTRACT;
      case MISSING_PARAMETER -> Why.MISSING_PARAMETER;
      case REPEATED_PARAMETER -> Why.REPEATED_PARAMETER;
      case UNDECLARED_PARAMETER -> Why.UNDECLARED_PARAMETER;
    };
  }
}
