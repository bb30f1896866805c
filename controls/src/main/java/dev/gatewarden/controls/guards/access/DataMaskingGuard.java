package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.Grant;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Releases properties of a data class (`x-gatewarden-class: personal`) only to those who may see
/// that class; for everybody else they are masked or cut.
///
/// The contract says which properties are of which class, and the configuration who may see a class
/// and what others see instead. A class that it does not name is open to everybody who gets the
/// answer. Whether the caller is the owner is judged by the object around the property, each item
/// of a list by itself. An answer that breaks its schema is read to its end, and what cannot be
/// read is cut.
@Control(
    id = "data-masking",
    stage = Stage.RETURN,
    threats = {Threat.API3_PROPERTY_AUTHORIZATION})
public final class DataMaskingGuard implements Guard {

  /// What can be set.
  ///
  /// @param classes who may see each data class: `{personal: [owner, role:support]}`; nobody where
  ///     the list is empty
  /// @param masks what everybody else sees of a class: `cut`, `null`, `blank` or `last-four`; `cut`
  ///     where nothing is said
  public record Config(Map<String, List<String>> classes, Map<String, Mask> masks) {
    public Config {
      classes.forEach((name, words) -> grants(name, words));
      for (String name : masks.keySet()) {
        if (!classes.containsKey(name)) {
          throw new IllegalArgumentException(
              "`masks` names `" + name + "`, of which `classes` does not say who may see it");
        }
      }
    }

    private static List<Grant> grants(String name, List<String> words) {
      List<Grant> grants = new ArrayList<>();
      for (String word : words) {
        Grant grant = Grant.parse(word);
        if (grant == null) {
          throw new IllegalArgumentException(
              "`"
                  + word
                  + "` is nobody who may see `"
                  + name
                  + "`: write `owner`, `tenant`, `anyone` or `role:support`");
        }
        grants.add(grant);
      }
      return List.copyOf(grants);
    }
  }

  /// Why an answer is changed or kept back.
  public enum Why implements Reason {
    MASKED(200, "values that this caller may not see were masked or removed"),
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
          new Config(Map.of(), Map.of()),
          Reads.RESPONSE_BODY,
          Why.values(),
          DataMaskingGuard::seat);

  private final PropertyGrants grants;
  private final Map<String, List<Grant>> who = new HashMap<>();
  private final Map<String, Mask> masks;

  private DataMaskingGuard(Setting setting, Config config) {
    this.grants = new PropertyGrants(setting);
    this.masks = Map.copyOf(config.masks());
    config.classes().forEach((name, words) -> who.put(name, Config.grants(name, words)));
  }

  private static Optional<Guard> seat(Setting setting, Config config) {
    if (config.classes().isEmpty()) {
      return Optional.empty();
    }
    for (Responses.Promised promised : setting.operation().responses().byStatus().values()) {
      if (RestrictedProperties.in(promised.content(), "x-gatewarden-class")) {
        return Optional.of(new DataMaskingGuard(setting, config));
      }
    }
    return Optional.empty();
  }

  @Override
  public Verdict judge(Call call) {
    Response response = call.exchange().response();
    if (response == null || Unread.hides(call, response, "x-gatewarden-class")) {
      return Verdict.deny(Why.UNREADABLE);
    }
    List<Mark> marks = response.body().marks();
    Map<Long, Edit> edits = Map.of();
    for (int i = 0; i < marks.size(); i++) {
      Mark mark = marks.get(i);
      Mask mask = mask(mark, call);
      if (mask != null) {
        edits = edits.isEmpty() ? new HashMap<>() : edits;
        Edit edit =
            mask == Mask.CUT
                ? new Edit.CutBody(mark.nameFrom(), mark.to())
                : new Edit.MaskBody(mark.from(), mark.to(), mask.of(response.body().bytes(), mark));
        edits.merge((long) mark.from() << 32 | mark.to(), edit, DataMaskingGuard::stricter);
      }
    }
    return edits.isEmpty()
        ? Verdict.pass()
        : new Verdict.Redact(Why.MASKED, new ArrayList<>(edits.values()));
  }

  /// What this caller sees in place of a value; null where it is the value itself.
  private @Nullable Mask mask(Mark mark, Call call) {
    String dataClass =
        switch (mark.meaning()) {
          case Meaning.Classified(var _, String name) -> name;
          case Meaning.Stray(var _, String name) -> name;
          case Meaning.Unread() -> null;
          case Meaning.Readable _,
              Meaning.Writable _,
              Meaning.Undeclared _,
              Meaning.Broken _,
              Meaning.Part _ ->
              "";
        };
    if (dataClass == null) {
      return Mask.CUT;
    }
    List<Grant> by = who.get(dataClass);
    return by == null || grants.mayRead(by, mark, call)
        ? null
        : masks.getOrDefault(dataClass, Mask.CUT);
  }

  /// Of two classes of one value, what shows less of it counts: nothing, then the mask that is no
  /// part of the value.
  private static Edit stricter(Edit one, Edit other) {
    if (one instanceof Edit.CutBody) {
      return one;
    }
    if (other instanceof Edit.CutBody || one.equals(other)) {
      return other;
    }
    return new Edit.MaskBody(((Edit.MaskBody) one).from(), ((Edit.MaskBody) one).to(), "null");
  }
}
