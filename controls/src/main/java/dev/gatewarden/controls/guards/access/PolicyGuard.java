package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.controls.guards.access.ObjectKnowledge.Known;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Cost;
import dev.gatewarden.core.decision.Grounds;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
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

/// Lets a caller do only what every decision point of the API permits (`decide-by`; the embedded
/// one where `policies` are given).
///
/// The points are asked about each object that the request names, with its owner, tenant and
/// parents as far as they are known; for what is created or listed below a parent, about the
/// parent; for everything else, once about the API. Whose an object is, and what the contract
/// asks for, is judged beside it: a policy narrows, it never widens. An object that may not be
/// touched and one that is absent get the same answer. Where a point cannot say, the request is
/// refused, or let pass where an exception with an owner and an end says so.
@Control(
    id = "policy",
    stage = Stage.AUTHORIZE,
    cost = Cost.WAITS,
    threats = {Threat.API1_OBJECT_AUTHORIZATION, Threat.API5_FUNCTION_AUTHORIZATION})
public final class PolicyGuard implements Guard {

  /// Nothing can be set: who decides stands at the API, and what it decides in policies.
  public record Config() {}

  /// Why something may or may not be done.
  public enum Why implements Reason {
    PERMITTED(200, "the policy allows it"),
    OPEN(200, "nobody could decide, and an exception lets it pass"),
    FORBIDDEN(403, "the policy does not allow this operation"),
    FORBIDDEN_OBJECT(404, "there is no such resource"),
    ABSENT(404, "there is no such resource"),
    UNDECIDED(503, "whether this is allowed cannot be found out at the moment"),
    LOOK_UP_FAILED(503, "whether this is allowed cannot be found out at the moment");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "policy";
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
          PolicyGuard.class,
          new Config(),
          Reads.BODY,
          Why.values(),
          (setting, config) ->
              setting.ports().decisionPoints().isEmpty()
                  ? Optional.empty()
                  : Optional.of(new PolicyGuard(setting)));

  private static final ObjectFacts UNKNOWN =
      new ObjectFacts(Fact.MISSING, Fact.MISSING, Fact.MISSING, Map.of(), 0, 0);

  private final List<ObjectBinding> bindings;
  private final Map<String, ObjectType> types;
  private final boolean safe;
  private final ObjectKnowledge knowledge;
  private final Council council;
  private final List<Resource> whole;
  private volatile Verdict.@Nullable Pass last;

  private PolicyGuard(Setting setting) {
    this.bindings = setting.operation().objects().list();
    this.types = setting.contract().types();
    this.safe = setting.operation().safe();
    this.knowledge = new ObjectKnowledge(setting);
    this.council = new Council(setting);
    this.whole = List.of(new Resource.Api(setting.contract().api()));
  }

  @Override
  public Verdict judge(Call call) {
    Exchange exchange = call.exchange();
    List<Resource> about = new ArrayList<>(call.objects().size());
    boolean later = false;
    for (int i = 0; i < call.objects().size(); i++) {
      ObjectUse use = call.objects().get(i);
      ObjectType type = use.binding().type();
      boolean tells = ObjectReleaseGuard.tells(use.binding(), safe, exchange);
      Known known = knowledge.of(type, use.id(), use.within(), exchange, tells);
      if (SetAside.holds(use, known, exchange.principal())) {
        continue;
      }
      switch (known) {
        case Known.Facts(ObjectFacts facts, var _) ->
            about.add(new Resource.Thing(type, use.id(), facts));
        case Known.Nothing() -> about.add(new Resource.Thing(type, use.id(), UNKNOWN));
        case Known.Later() -> later = true;
        case Known.Failed() -> {
          return Verdict.deny(Why.LOOK_UP_FAILED);
        }
        case Known.Withheld() -> {
          return Verdict.deny(Why.ABSENT);
        }
        case Known.Absent() -> {
          if (use.binding().does() != Does.CREATE) {
            return Verdict.deny(Why.ABSENT);
          }
          about.add(new Resource.Thing(type, use.id(), UNKNOWN));
        }
      }
    }
    Why why = containers(call, about);
    if (why != null) {
      return Verdict.deny(why);
    }
    if (!about.isEmpty()) {
      return verdict(council.on(exchange, about), Why.FORBIDDEN_OBJECT);
    }
    return later ? Verdict.pass() : verdict(council.on(exchange, whole), Why.FORBIDDEN);
  }

  /// What is listed or created has no facts yet; the parents it is listed or created below have.
  private @Nullable Why containers(Call call, List<Resource> about) {
    Exchange exchange = call.exchange();
    for (int i = 0; i < bindings.size(); i++) {
      ObjectBinding binding = bindings.get(i);
      if (binding.id() != null && !binding.id().afterwards()) {
        continue;
      }
      Map<String, String> within = Parents.named(binding, call);
      if (within == null) {
        return Why.ABSENT;
      }
      for (Map.Entry<String, String> parent : Parents.of(binding.type(), within).entrySet()) {
        ObjectType type = types.get(parent.getKey());
        if (type == null) {
          return Why.ABSENT;
        }
        String id = parent.getValue();
        Map<String, String> above = Parents.of(type, within);
        switch (knowledge.of(type, id, above, exchange, false)) {
          case Known.Facts(ObjectFacts facts, var _) ->
              about.add(new Resource.Thing(type, id, facts));
          case Known.Nothing() -> about.add(new Resource.Thing(type, id, UNKNOWN));
          case Known.Absent(), Known.Later(), Known.Withheld() -> {
            return Why.ABSENT;
          }
          case Known.Failed() -> {
            return Why.LOOK_UP_FAILED;
          }
        }
      }
    }
    return null;
  }

  private Verdict verdict(List<Council.Word> words, Why forbidden) {
    boolean open = false;
    List<Grounds> all = words.getFirst().grounds();
    for (int i = 0; i < words.size(); i++) {
      Council.Word word = words.get(i);
      switch (word.kind()) {
        case FORBIDDEN -> {
          return Verdict.deny(new PolicyWhy(forbidden, word.grounds()));
        }
        case UNDECIDED -> {
          return Verdict.deny(new PolicyWhy(Why.UNDECIDED, word.grounds()));
        }
        case OPEN -> open = true;
        case PERMITTED -> {}
      }
      if (i > 0) {
        all = joined(all, word.grounds());
      }
    }
    return passed(open ? Why.OPEN : Why.PERMITTED, all);
  }

  /// The verdict of last time where it says the same, so that the stage is recognized.
  private Verdict.Pass passed(Why why, List<Grounds> grounds) {
    Verdict.Pass before = last;
    if (before != null
        && before.reason() instanceof PolicyWhy(Reason known, List<Grounds> same)
        && known == why
        && same.equals(grounds)) {
      return before;
    }
    Verdict.Pass now = Verdict.pass(new PolicyWhy(why, grounds));
    last = now;
    return now;
  }

  private static List<Grounds> joined(List<Grounds> some, List<Grounds> more) {
    List<Grounds> all = some;
    for (int i = 0; i < more.size(); i++) {
      if (!all.contains(more.get(i))) {
        all = all == some ? new ArrayList<>(some) : all;
        all.add(more.get(i));
      }
    }
    return all;
  }
}
