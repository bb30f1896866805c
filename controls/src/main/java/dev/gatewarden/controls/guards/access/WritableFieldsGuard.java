package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Cost;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.exchange.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lets a caller write a property that the contract restricts (`x-gatewarden-write`) only if the
/// caller is one of those it names.
///
/// A property that is not allowed refuses the whole request, so that nobody learns by trying which
/// of them the service would have taken. In a body
/// that does not conform, a restricted property could hide; it is refused as well.
@Control(
    id = "writable-fields",
    stage = Stage.AUTHORIZE,
    cost = Cost.WAITS,
    threats = {Threat.API3_PROPERTY_AUTHORIZATION})
public final class WritableFieldsGuard implements Guard {

  /// Nothing can be set: who may write what stands in the contract.
  public record Config() {}

  /// Why a request is refused.
  public enum Why implements Reason {
    RESTRICTED(403, "a property in the request may not be written by this caller"),
    UNREADABLE(400, "the body cannot be read for restricted properties"),
    LOOK_UP_FAILED(503, "whose object this is cannot be found out at the moment");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "writable-fields";
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
          WritableFieldsGuard.class,
          new Config(),
          Reads.BODY,
          Why.values(),
          WritableFieldsGuard::seat);

  private final PropertyGrants grants;

  private WritableFieldsGuard(Setting setting) {
    this.grants = new PropertyGrants(setting);
  }

  private static Optional<Guard> seat(Setting setting, Config config) {
    RequestBody body = setting.operation().body();
    return body == null || !RestrictedProperties.in(body.content(), "x-gatewarden-write")
        ? Optional.empty()
        : Optional.of(new WritableFieldsGuard(setting));
  }

  @Override
  public Verdict judge(Call call) {
    if (!call.body().conforms() || (!call.body().complete() && mayRestrict(call))) {
      return Verdict.deny(Why.UNREADABLE);
    }
    List<Detail> details = List.of();
    for (Mark mark : call.body().marks()) {
      if (mark.meaning() instanceof Meaning.Writable(String name, var by)) {
        switch (grants.judge(by, call)) {
          case GRANTED -> {}
          case FAILED -> {
            return Verdict.deny(Why.LOOK_UP_FAILED);
          }
          case REFUSED -> {
            details = details.isEmpty() ? new ArrayList<>() : details;
            details.add(new Detail("/" + name, "", "may not be written by this caller"));
          }
        }
      }
    }
    return details.isEmpty() ? Verdict.pass() : Verdict.deny(Why.RESTRICTED, details);
  }

  /// Whether a body of this type may hold a restricted property, so that it has to be read.
  private static boolean mayRestrict(Call call) {
    RequestBody body = call.operation().body();
    String said = call.exchange().request().headers().first("content-type");
    Content.MediaType type = body == null || said == null ? null : body.content().of(said);
    return type == null
        || RestrictedProperties.in(new Content(Map.of(type.range(), type)), "x-gatewarden-write");
  }
}
