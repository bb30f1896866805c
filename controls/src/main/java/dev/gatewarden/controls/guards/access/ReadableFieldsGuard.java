package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.Mask;
import dev.gatewarden.core.contract.PropertyWords;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Releases a property that the contract restricts (`x-gatewarden-read`, or `properties` of a type)
/// only to those it names; for everybody else it is removed, or what `x-gatewarden-mask` says
/// stands
/// in its place.
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
    CUT(200, "properties that this caller may not see were removed or masked"),
    WITHHELD(403, "the answer holds a property that this caller may not see"),
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

  private final Hidden hidden;

  private ReadableFieldsGuard(Setting setting) {
    this.hidden = new Hidden(setting);
  }

  private static Optional<Guard> seat(Setting setting, Config config) {
    for (Responses.Promised promised : setting.operation().responses().byStatus().values()) {
      if (RestrictedProperties.in(promised.content(), PropertyWords.READ)) {
        return Optional.of(new ReadableFieldsGuard(setting));
      }
    }
    return Optional.empty();
  }

  @Override
  public Verdict judge(Call call) {
    Response response = call.exchange().response();
    if (response == null || Unread.hides(call, response, PropertyWords.READ)) {
      return Verdict.deny(Why.UNREADABLE);
    }
    Hidden.Sight sight = hidden.of(call, response.body());
    List<Mark> marks = response.body().marks();
    Set<Edit> edits = Set.of();
    for (int i = 0; i < marks.size(); i++) {
      Mark mark = marks.get(i);
      boolean judged =
          mark.meaning() instanceof Meaning.Readable || mark.meaning() instanceof Meaning.Unread;
      Mask own = judged ? sight.of(mark) : null;
      if (own == null) {
        continue;
      }
      Mask mask = sight.least(own, i);
      if (mask == Mask.REFUSE) {
        return Verdict.deny(Why.WITHHELD);
      }
      edits = edits.isEmpty() ? new LinkedHashSet<>() : edits;
      edits.add(sight.edit(mask, mark));
    }
    return edits.isEmpty() ? Verdict.pass() : new Verdict.Redact(Why.CUT, new ArrayList<>(edits));
  }
}
