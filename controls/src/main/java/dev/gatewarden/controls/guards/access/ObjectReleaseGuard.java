package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Count.Then;
import dev.gatewarden.core.contract.ObjectBinding.Foreign;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.exchange.ObjectUse;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.exchange.Response;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.policy.Knowing;
import dev.gatewarden.core.policy.Ownership;
import dev.gatewarden.core.policy.Ownership.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Releases the service's answer only if the objects in it are the caller's to see.
///
/// It judges what is read by what the answer itself says of owner, tenant and parent: an answer
/// about another object than the one asked for, or
/// one that does not say whose it is, is kept back. From a list, foreign items are cut, or the list
/// is refused, as the contract says; a count that
/// would tell how many there were is cut with them, and so is what the gate asked for beside the
/// fields that the caller chose. An error is released where the contract
/// declares it; one that says that the object is absent
/// or forbidden becomes the same answer that a foreign object gets.
@Control(
    id = "object-release",
    stage = Stage.RETURN,
    threats = {Threat.API1_OBJECT_AUTHORIZATION})
public final class ObjectReleaseGuard implements Guard {

  /// Nothing can be set: whose objects are whose stands in the contract.
  public record Config() {}

  /// Why an answer is kept back or shortened.
  public enum Why implements Reason {
    FOREIGN(404),
    OTHER_OBJECT(404),
    OTHER_PARENT(404),
    OWNER_UNKNOWN(404),
    ABSENT(404),
    NO_OBJECT(502),
    UNREADABLE(502),
    UNDECLARED_ERROR(502),
    FOREIGN_ITEMS_CUT(200),
    COUNT_WITHHELD(200),
    UNASKED_CUT(200);

    private final int status;

    Why(int status) {
      this.status = status;
    }

    @Override
    public String control() {
      return "object-release";
    }

    @Override
    public int status() {
      return status;
    }

    /// The same for all of one status, so that nobody learns that an object is there.
    @Override
    public String summary() {
      return switch (status) {
        case 404 -> "there is no such resource";
        case 502 -> "the service's answer is not what its contract promises";
        default -> "only the caller's own objects are released";
      };
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          ObjectReleaseGuard.class,
          new Config(),
          Reads.RESPONSE_BODY,
          Why.values(),
          ObjectReleaseGuard::seat);

  private final List<ObjectBinding> judged;
  private final ForcedSelection forced;

  private ObjectReleaseGuard(List<ObjectBinding> judged, ForcedSelection forced) {
    this.judged = judged;
    this.forced = forced;
  }

  private static Optional<Guard> seat(Setting setting, Config config) {
    boolean safe = setting.operation().safe();
    List<ObjectBinding> judged =
        setting.operation().objects().list().stream().filter(each -> tells(each, safe)).toList();
    return judged.isEmpty()
        ? Optional.empty()
        : Optional.of(new ObjectReleaseGuard(judged, ForcedSelection.of(setting)));
  }

  /// Whether the answer tells whose the objects of a binding are, and may be waited for.
  static boolean tells(ObjectBinding binding, boolean safe) {
    return Knowing.byAnswer(binding, safe);
  }

  @Override
  public Verdict judge(Call call) {
    Response response = call.exchange().response();
    if (response == null) {
      return Verdict.deny(Why.NO_OBJECT);
    }
    int status = response.status();
    if (status >= 400) {
      return error(call, status);
    }
    if (status < 200 || status >= 300 || status == 206) {
      return Verdict.deny(Why.NO_OBJECT);
    }
    return objects(call, response);
  }

  /// A service that says `404`, `410` or `403` says whether the object is there.
  private static Verdict error(Call call, int status) {
    if (status == 404 || status == 410 || status == 403) {
      return Verdict.deny(Why.ABSENT);
    }
    boolean declared = call.operation().responses().of(status) != null;
    return declared ? Verdict.pass() : Verdict.deny(Why.UNDECLARED_ERROR);
  }

  private Verdict objects(Call call, Response response) {
    if (!response.body().complete()) {
      return Verdict.deny(Why.UNREADABLE);
    }
    List<Edit> cuts = List.of();
    for (int i = 0; i < judged.size(); i++) {
      ObjectBinding binding = judged.get(i);
      List<ObjectFacts> shown = shown(binding, call);
      if (binding.items() != null) {
        cuts = cuts.isEmpty() ? new ArrayList<>() : cuts;
        Why why = items(binding, shown, call, cuts);
        if (why != null) {
          return Verdict.deny(why);
        }
      } else {
        Why why = whole(binding, shown, call);
        if (why != null) {
          return Verdict.deny(why);
        }
      }
    }
    return withheld(call, response.body(), cuts);
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

  private static @Nullable Why whole(ObjectBinding binding, List<ObjectFacts> shown, Call call) {
    if (shown.size() != 1) {
      return Why.NO_OBJECT;
    }
    ObjectFacts facts = shown.getFirst();
    ObjectUse use = asked(binding, call);
    if (use != null && !facts.id().equals(Fact.of(use.id()))) {
      return Why.OTHER_OBJECT;
    }
    if (use != null && !Ownership.below(Parents.of(binding.type(), use.within()), facts)) {
      return Why.OTHER_PARENT;
    }
    return switch (standing(binding, facts, call.exchange())) {
      case GRANTED -> null;
      case FOREIGN -> Why.FOREIGN;
      case UNKNOWN -> Why.OWNER_UNKNOWN;
    };
  }

  private static @Nullable Why items(
      ObjectBinding binding, List<ObjectFacts> shown, Call call, List<Edit> cuts) {
    Map<String, String> within = Parents.named(binding, call.exchange());
    if (within == null) {
      return Why.OTHER_PARENT;
    }
    Map<String, String> parents = Parents.of(binding.type(), within);
    for (int i = 0; i < shown.size(); i++) {
      ObjectFacts item = shown.get(i);
      boolean own =
          Ownership.below(parents, item)
              && standing(binding, item, call.exchange()) == Standing.GRANTED;
      if (!own && binding.foreign() == Foreign.DENY) {
        return Why.FOREIGN;
      }
      if (!own) {
        cuts.add(new Edit.CutBody(item.from(), item.to()));
      }
    }
    return null;
  }

  private static Standing standing(ObjectBinding binding, ObjectFacts facts, Exchange exchange) {
    List<Grant> grants = binding.grants();
    return Ownership.judge(binding.type(), grants, facts, exchange.principal());
  }

  private static @Nullable ObjectUse asked(ObjectBinding binding, Call call) {
    for (int i = 0; i < call.objects().size(); i++) {
      ObjectUse use = call.objects().get(i);
      if (use.binding() == binding) {
        return use;
      }
    }
    return null;
  }

  /// The count goes whether or not anything was cut: its absence must not tell. What only the gate
  /// asked for goes as well.
  private Verdict withheld(Call call, Reading body, List<Edit> cuts) {
    Why why = cuts.isEmpty() ? null : Why.FOREIGN_ITEMS_CUT;
    List<Edit> edits = cuts;
    List<ObjectBinding> bindings = call.operation().objects().list();
    List<ForcedSelection.Fact> unasked =
        forced.isEmpty() ? List.of() : forced.missing(call.exchange().request().target().query());
    for (Reading.Mark mark : body.marks()) {
      if (!(mark.meaning() instanceof Meaning.Part(int number, Reading.Role role, String name))) {
        continue;
      }
      boolean counts =
          role == Reading.Role.COUNT
              && judged.contains(bindings.get(number))
              && withholds(bindings.get(number));
      if (counts || ForcedSelection.holds(unasked, number, role, name)) {
        edits = edits.isEmpty() ? new ArrayList<>() : edits;
        edits.add(new Edit.CutBody(mark.nameFrom(), mark.to()));
        why = why == null ? counts ? Why.COUNT_WITHHELD : Why.UNASKED_CUT : why;
      }
    }
    return why == null ? Verdict.pass() : new Verdict.Redact(why, edits);
  }

  private static boolean withholds(ObjectBinding binding) {
    return binding.count() != null && binding.count().then() == Then.WITHHOLD;
  }
}
