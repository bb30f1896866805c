package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Delivery;
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
import dev.gatewarden.core.exchange.Response;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.policy.Question.Resource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Releases the service's answer only if every decision point of the API permits to read the
/// objects in it.
///
/// It asks what `policy` could not ask before the answer was there, because only the answer says
/// whose an object is; and it asks about each item of a list, also of one whose objects anyone may
/// see: all of them in one question, where the decision point takes several. Items that may not be
/// read are cut with the name they stand under, or the list is refused, as the contract says of
/// foreign ones. What counts them goes as well, whether or not any was cut.
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
    COUNT_WITHHELD(200, "only what the policy allows is released"),
    FORBIDDEN_OBJECT(404, "there is no such resource"),
    UNREADABLE(502, "the service's answer is not what its contract promises"),
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
  private final boolean lists;
  private final Council council;
  private final ObjectKnowledge knowledge;
  private final Counts counts;

  private PolicyReleaseGuard(Setting setting, List<ObjectBinding> judged) {
    this.judged = judged;
    this.council = new Council(setting);
    this.knowledge = new ObjectKnowledge(setting);
    this.lists = judged.stream().anyMatch(each -> each.items() != null);
    this.counts =
        new Counts(
            setting.operation().objects().list(),
            each -> judged.contains(each) && each.foreign() == Foreign.FILTER);
  }

  private static Optional<Guard> seat(Setting setting, Config config) {
    boolean safe = setting.operation().safe();
    List<ObjectBinding> judged =
        setting.operation().objects().list().stream().filter(each -> shows(each, safe)).toList();
    return judged.isEmpty() || setting.ports().decisionPoints().isEmpty()
        ? Optional.empty()
        : Optional.of(new PolicyReleaseGuard(setting, judged));
  }

  /// Whether the answer shows objects that nobody could ask about before.
  private static boolean shows(ObjectBinding binding, boolean safe) {
    return ObjectReleaseGuard.tells(binding, safe)
        || (binding.items() != null
            && binding.does().reads()
            && binding.delivery() != Delivery.OPAQUE);
  }

  /// An answer without objects, an error, is judged by the object that was asked for, of which
  /// nothing is known then.
  @Override
  public Verdict judge(Call call) {
    Response response = call.exchange().response();
    if (response != null && lists && hides(response)) {
      return Verdict.deny(Why.UNREADABLE);
    }
    List<Resource> about = new ArrayList<>();
    List<@Nullable Edit> cuts = new ArrayList<>();
    for (int i = 0; i < judged.size(); i++) {
      ObjectBinding binding = judged.get(i);
      List<ObjectFacts> each = Shown.by(binding, call);
      boolean filtered = binding.items() != null && binding.foreign() == Foreign.FILTER;
      for (int j = 0; j < each.size(); j++) {
        ObjectFacts facts = knowledge.completed(binding.type(), each.get(j), call.exchange());
        about.add(new Resource.Thing(binding.type(), text(facts.id()), facts));
        cuts.add(filtered ? Shown.cut(facts) : null);
      }
      ObjectUse asked =
          each.isEmpty() && binding.items() == null ? Shown.asked(binding, call) : null;
      if (asked != null) {
        about.add(new Resource.Thing(binding.type(), asked.id(), UNKNOWN));
        cuts.add(null);
      }
    }
    List<Council.Word> words = about.isEmpty() ? List.of() : council.on(call.exchange(), about);
    return verdict(words, cuts, response);
  }

  /// Whether a list is where nobody looked: behind a redirect, or in a body that was not read.
  private static boolean hides(Response response) {
    int status = response.status();
    return status >= 200
        && status < 400
        && status != 304
        && (status >= 300 || !response.body().complete());
  }

  /// @param cuts how each word's object is taken out of the answer; null where it cannot be
  private Verdict verdict(
      List<Council.Word> words, List<@Nullable Edit> cuts, @Nullable Response response) {
    boolean open = false;
    Set<Grounds> all = new LinkedHashSet<>();
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
      all.addAll(word.grounds());
    }
    List<Grounds> grounds = List.copyOf(all);
    Why why = edits.isEmpty() ? null : Why.ITEMS_CUT;
    if (response != null && lists) {
      boolean told = counts.body(response, edits);
      told |= counts.head(response, edits);
      why = why == null && told ? Why.COUNT_WITHHELD : why;
    }
    if (why != null) {
      return new Verdict.Redact(new PolicyWhy(why, grounds), edits);
    }
    Verdict.Pass pass =
        words.isEmpty()
            ? Verdict.pass()
            : Verdict.pass(new PolicyWhy(open ? Why.OPEN : Why.PERMITTED, grounds));
    return edits.isEmpty() ? pass : new Verdict.Pass(pass.reason(), List.of(), edits);
  }

  private static String text(Fact id) {
    return id instanceof Fact.Known(String text) ? text : "";
  }
}
