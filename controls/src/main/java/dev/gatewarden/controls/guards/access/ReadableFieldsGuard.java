package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.exchange.Response;
import dev.gatewarden.core.exchange.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Releases a property that the contract restricts (`x-gatewarden-read`) only to those it names;
/// for everybody else it is cut.
///
/// Whether the caller is the owner is judged by the object the property belongs to, each item of a
/// list by itself. Where the answer does not say whose the object is, what the request names
/// decides, as it does before the service is asked. An answer that breaks its schema is read to its
/// end all the same; a part of it that cannot be read as its schema wants it is cut as a whole.
@Control(
    id = "readable-fields",
    stage = Stage.RETURN,
    threats = {Threat.API3_PROPERTY_AUTHORIZATION})
public final class ReadableFieldsGuard implements Guard {

  /// Nothing can be set: who may see what stands in the contract.
  public record Config() {}

  /// Why an answer is shortened or kept back.
  public enum Why implements Reason {
    CUT(200, "properties that this caller may not see were removed"),
    UNREADABLE(502, "the service's answer is not what its contract promises");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "readable-fields";
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
          ReadableFieldsGuard.class,
          new Config(),
          Reads.RESPONSE_BODY,
          Why.values(),
          ReadableFieldsGuard::seat);

  private final PropertyGrants grants;

  private ReadableFieldsGuard(Setting setting) {
    this.grants = new PropertyGrants(setting);
  }

  private static Optional<Guard> seat(Setting setting, Config config) {
    for (Responses.Promised promised : setting.operation().responses().byStatus().values()) {
      if (RestrictedProperties.in(promised.content(), "x-gatewarden-read")) {
        return Optional.of(new ReadableFieldsGuard(setting));
      }
    }
    return Optional.empty();
  }

  @Override
  public Verdict judge(Call call) {
    Response response = call.exchange().response();
    if (response == null || Unread.hides(call, response, "x-gatewarden-read")) {
      return Verdict.deny(Why.UNREADABLE);
    }
    List<Edit> cuts = List.of();
    for (Mark mark : response.body().marks()) {
      boolean cut =
          mark.meaning() instanceof Meaning.Unread
              || (mark.meaning() instanceof Meaning.Readable(var _, var by)
                  && !grants.mayRead(by, mark, call));
      if (cut) {
        cuts = cuts.isEmpty() ? new ArrayList<>() : cuts;
        cuts.add(new Edit.CutBody(mark.nameFrom(), mark.to()));
      }
    }
    return cuts.isEmpty() ? Verdict.pass() : new Verdict.Redact(Why.CUT, cuts);
  }
}
