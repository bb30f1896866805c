package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.exchange.Response;
import dev.gatewarden.core.exchange.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Releases a property that the contract restricts (`x-gatewarden-read`) only to those it names;
/// for everybody else it is cut.
///
/// Whether the caller is the owner is judged by the object the property belongs to, each item of a
/// list by itself. Where the answer does not say
/// whose the object is, what the request names decides, as it does before the service is asked.
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
    if (response == null
        || !response.body().conforms()
        || (!response.body().complete() && mayRestrict(call, response))) {
      return Verdict.deny(Why.UNREADABLE);
    }
    List<Edit> cuts = List.of();
    for (Mark mark : response.body().marks()) {
      if (mark.meaning() instanceof Meaning.Readable(var _, var by) && !mayRead(by, mark, call)) {
        cuts = cuts.isEmpty() ? new ArrayList<>() : cuts;
        cuts.add(new Edit.CutBody(mark.nameFrom(), mark.to()));
      }
    }
    return cuts.isEmpty() ? Verdict.pass() : new Verdict.Redact(Why.CUT, cuts);
  }

  /// Whether an answer of this type may hold a restricted property, so that it has to be read.
  private static boolean mayRestrict(Call call, Response response) {
    Responses.Promised promised = call.operation().responses().of(response.status());
    String said = response.headers().first("content-type");
    Content.MediaType type = promised == null || said == null ? null : promised.content().of(said);
    return promised != null
        && !promised.content().isEmpty()
        && (type == null
            || RestrictedProperties.in(
                new Content(Map.of(type.range(), type)), "x-gatewarden-read"));
  }

  private boolean mayRead(List<Grant> by, Mark mark, Call call) {
    Call.@Nullable Seen group = null;
    ObjectFacts nearest = null;
    for (Call.Seen seen : call.seen()) {
      for (ObjectFacts facts : seen.each()) {
        boolean around = facts.from() <= mark.from() && mark.to() <= facts.to();
        if (around
            && (nearest == null || facts.to() - facts.from() < nearest.to() - nearest.from())) {
          nearest = facts;
          group = seen;
        }
      }
    }
    return group == null || nearest == null
        ? grants.judge(by, call) == PropertyGrants.Answer.GRANTED
        : PropertyGrants.judge(by, group.binding(), nearest, call.exchange().principal());
  }
}
