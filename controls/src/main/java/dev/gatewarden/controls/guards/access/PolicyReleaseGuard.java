package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Foreign;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Cost;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Grounds;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.exchange.ObjectUse;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.policy.Question.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Releases the service's answer only if every decision point of the API permits to read the
/// objects in it.
///
/// It asks what `policy` could not ask before the answer was there, because only the answer says
/// whose an object is; and it asks about each item of a list. Items that may not be read are cut,
/// or the list is refused, as the contract says of foreign ones.
@Control(
    id = "policy-release",
    stage = Stage.RETURN,
    cost = Cost.WAITS,
    threats = {Threat.API1_OBJECT_AUTHORIZATION})
public final class PolicyReleaseGuard implements Guard {

  /// Nothing can be set: who decides stands at the API, and what it decides in policies.
  public record Config() {}

  /// Why an answer is released, kept back or shortened.
  public enum Why implements Reason {
    PERMITTED(200, "the policy allows it"),
    OPEN(200, "nobody could decide, and an exception lets it pass"),
    ITEMS_CUT(200, "only what the policy allows is released"),
    FORBIDDEN_OBJECT(404, "there is no such resource"),
    UNDECIDED(503, "whether this is allowed cannot be found out at the moment");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "policy-release";
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
          PolicyReleaseGuard.class,
          new Config(),
          Reads.RESPONSE_BODY,
          Why.values(),
          PolicyReleaseGuard::seat);

  private static final ObjectFacts UNKNOWN =
      new ObjectFacts(Fact.MISSING, Fact.MISSING, Fact.MISSING, Map.of(), 0, 0);

  private final List<ObjectBinding> judged;
  private final Council council;

  private PolicyReleaseGuard(Setting setting, List<ObjectBinding> judged) {
    this.judged = judged;
    this.council = new Council(setting);
  }

  private static Optional<Guard> seat(Setting setting, Config config) {
    boolean safe = setting.operation().safe();
    List<ObjectBinding> judged =
        setting.operation().objects().list().stream()
            .filter(each -> ObjectReleaseGuard.tells(each, safe))
            .toList();
    return judged.isEmpty() || setting.ports().decisionPoints().isEmpty()
        ? Optional.empty()
        : Optional.of(new PolicyReleaseGuard(setting, judged));
  }

  /// An answer without objects, an error, is judged by the object that was asked for, of which
  /// nothing is known then.
  @Override
  public Verdict judge(Call call) {
    List<Resource> about = new ArrayList<>();
    List<@Nullable Edit> cuts = new ArrayList<>();
    for (int i = 0; i < judged.size(); i++) {
      ObjectBinding binding = judged.get(i);
      List<ObjectFacts> each = shown(binding, call);
      boolean filtered = binding.items() != null && binding.foreign() == Foreign.FILTER;
      for (int j = 0; j < each.size(); j++) {
        ObjectFacts facts = each.get(j);
        about.add(new Resource.Thing(binding.type(), text(facts.id()), facts));
        cuts.add(filtered ? new Edit.CutBody(facts.from(), facts.to()) : null);
      }
      ObjectUse asked = each.isEmpty() && binding.items() == null ? asked(binding, call) : null;
      if (asked != null) {
        about.add(new Resource.Thing(binding.type(), asked.id(), UNKNOWN));
        cuts.add(null);
      }
    }
    return about.isEmpty() ? Verdict.pass() : verdict(council.on(call.exchange(), about), cuts);
  }

  /// @param cuts how each word's object is taken out of the answer; null where it cannot be
  private static Verdict verdict(List<Council.Word> words, List<@Nullable Edit> cuts) {
    boolean open = false;
    List<Grounds> all = new ArrayList<>(2);
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      Council.Word word = words.get(i);
      Edit cut = cuts.get(i);
      switch (word.kind()) {
        case UNDECIDED -> {
          return Verdict.deny(new PolicyWhy(Why.UNDECIDED, word.grounds()));
        }
        case FORBIDDEN -> {
          if (cut == null) {
            return Verdict.deny(new PolicyWhy(Why.FORBIDDEN_OBJECT, word.grounds()));
          }
          edits.add(cut);
        }
        case OPEN -> open = true;
        case PERMITTED -> {}
      }
      for (Grounds grounds : word.grounds()) {
        if (!all.contains(grounds)) {
          all.add(grounds);
        }
      }
    }
    return edits.isEmpty()
        ? Verdict.pass(new PolicyWhy(open ? Why.OPEN : Why.PERMITTED, all))
        : new Verdict.Redact(new PolicyWhy(Why.ITEMS_CUT, all), edits);
  }

  private static @Nullable ObjectUse asked(ObjectBinding binding, Call call) {
    for (int i = 0; i < call.objects().size(); i++) {
      if (call.objects().get(i).binding() == binding) {
        return call.objects().get(i);
      }
    }
    return null;
  }

  private static List<ObjectFacts> shown(ObjectBinding binding, Call call) {
    for (int i = 0; i < call.seen().size(); i++) {
      Call.Seen seen = call.seen().get(i);
      if (seen.binding() == binding) {
        return seen.each();
      }
    }
    return List.of();
  }

  private static String text(Fact id) {
    return id instanceof Fact.Known(String text) ? text : "";
  }
}
