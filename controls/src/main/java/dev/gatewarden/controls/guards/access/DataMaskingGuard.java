package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.DataClass;
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

/// Releases properties of a data class (`x-gatewarden-class: personal`) only to those who may see
/// that class; for everybody else they are masked or removed.
///
/// Who may see a class, and what others see instead, is said once for the whole API, in
/// `components.x-gatewarden-classes` of the contract or in its overlay. A class of which nothing is
/// said is open to everybody who gets the answer. Whether the caller is the owner is judged by the
/// object around the property, each item of a list by itself. An answer that breaks its schema is
/// read to its end, and what cannot be read is cut.
@Control(
    id = "data-masking",
    stage = Stage.RETURN,
    threats = {Threat.API3_PROPERTY_AUTHORIZATION})
public final class DataMaskingGuard implements Guard {

  /// Nothing can be set: who may see what stands in the contract or its overlay.
  public record Config() {}

  /// Why an answer is changed or kept back.
  public enum Why implements Reason {
    MASKED(200, "values that this caller may not see were masked or removed"),
    WITHHELD(403, "the answer holds values that this caller may not see"),
    UNREADABLE(502, "the service's answer is not what its contract promises");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "data-masking";
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
          DataMaskingGuard.class,
          new Config(),
          Reads.RESPONSE_BODY,
          Why.values(),
          DataMaskingGuard::seat);

  private final Hidden hidden;

  private DataMaskingGuard(Setting setting) {
    this.hidden = new Hidden(setting);
  }

  private static Optional<Guard> seat(Setting setting, Config config) {
    boolean hides = false;
    for (DataClass each : setting.contract().classes().values()) {
      hides |= each.read() != null;
    }
    if (!hides) {
      return Optional.empty();
    }
    for (Responses.Promised promised : setting.operation().responses().byStatus().values()) {
      if (RestrictedProperties.in(promised.content(), PropertyWords.CLASS)) {
        return Optional.of(new DataMaskingGuard(setting));
      }
    }
    return Optional.empty();
  }

  @Override
  public Verdict judge(Call call) {
    Response response = call.exchange().response();
    if (response == null || Unread.hides(call, response, PropertyWords.CLASS)) {
      return Verdict.deny(Why.UNREADABLE);
    }
    Hidden.Sight sight = hidden.of(call, response.body());
    List<Mark> marks = response.body().marks();
    Set<Edit> edits = Set.of();
    for (int i = 0; i < marks.size(); i++) {
      Mark mark = marks.get(i);
      Mask own = mark.meaning() instanceof Meaning.Readable ? null : sight.of(mark);
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
    return edits.isEmpty()
        ? Verdict.pass()
        : new Verdict.Redact(Why.MASKED, new ArrayList<>(edits));
  }
}
