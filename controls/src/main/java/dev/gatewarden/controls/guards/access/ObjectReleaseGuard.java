package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Foreign;
import dev.gatewarden.core.contract.ObjectType.KnownBy;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.Selector;
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
import dev.gatewarden.core.exchange.Response;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.policy.Issuers;
import dev.gatewarden.core.policy.Knowing;
import dev.gatewarden.core.policy.Ownership;
import dev.gatewarden.core.policy.Ownership.Standing;
import dev.gatewarden.core.policy.Relations;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Releases the service's answer only if the objects in it are the caller's to see.
///
/// It judges what is read by what the answer itself says of owner, tenant and parent: an answer
/// about another object than the one asked for, or one that does not say whose it is, is kept back.
/// Each object of another type within it, bound by its own binding, is judged for itself.
///
/// From a list, foreign items are cut, or the list is refused, as the contract says. An item that
/// does not say whose it is, such as a mere id, is judged by what the gate has learned of it; one
/// of which nothing is known is foreign. What would tell how many there were goes with them: counts
/// in the body, usual fields of the head such as `X-Total-Count`, the last page of `Link`, `ETag`
/// and
/// `Last-Modified`; whether or not anything was cut, since their absence must not tell. So does
/// what the gate asked for beside the fields that the caller chose.
///
/// An error that says that the object is absent or forbidden becomes the same answer that a foreign
/// object gets. So does one that speaks of the state of the object (409, 412, 422, 423, …), unless
/// it
/// says whose the object is, or the gate knows it. Any other is released where the contract
/// declares
/// it, with the objects in it judged; `response-schema` replaces bodies that nobody declared. A
/// redirect is released if it is declared and the
/// gate knew the owner before. Whatever tells that an object is there and not whose it is, such as
/// a body that cannot be read, is answered as if it were absent.
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
    NO_OBJECT(404),
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
  private final Relations relations;
  private final String api;
  private final Issuers issuers;
  private final Counts counts;

  private ObjectReleaseGuard(List<ObjectBinding> judged, Setting setting) {
    this.judged = judged;
    this.forced = ForcedSelection.of(setting);
    this.relations = setting.ports().relations();
    this.api = setting.contract().api();
    this.issuers = setting.ports().issuers();
    this.counts =
        new Counts(
            setting.operation().objects().list(), each -> judged.contains(each) && cuts(each));
  }

  private static Optional<Guard> seat(Setting setting, Config config) {
    boolean safe = setting.operation().safe();
    List<ObjectBinding> judged =
        setting.operation().objects().list().stream().filter(each -> tells(each, safe)).toList();
    return judged.isEmpty()
        ? Optional.empty()
        : Optional.of(new ObjectReleaseGuard(judged, setting));
  }

  /// Whether foreign objects may be in what the service answers, to be cut out.
  private static boolean cuts(ObjectBinding binding) {
    return binding.foreign() == Foreign.FILTER && binding.filter() == null;
  }

  /// Whether the answer to this request does: not where it may be a switch of protocols, which
  /// nobody judges.
  static boolean tells(ObjectBinding binding, boolean safe, Exchange exchange) {
    return tells(binding, safe) && exchange.request().headers().first("upgrade") == null;
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
      return error(call, response);
    }
    if (status < 200 || status >= 300 || status == 206) {
      return elsewhere(call, status);
    }
    return objects(call, response);
  }

  /// Behind a redirect lies what nobody judges any more, such as a signed address.
  private Verdict elsewhere(Call call, int status) {
    boolean redirects =
        status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    if (!redirects || call.operation().responses().of(status) == null) {
      return Verdict.deny(Why.NO_OBJECT);
    }
    for (int i = 0; i < judged.size(); i++) {
      if (!knownOwn(judged.get(i), call)) {
        return Verdict.deny(Why.NO_OBJECT);
      }
    }
    return Verdict.pass();
  }

  /// A service that says `404`, `410` or `403` says whether the object is there, and so does one
  /// that speaks of its state.
  private Verdict error(Call call, Response response) {
    int status = response.status();
    if (status == 404 || status == 410 || status == 403) {
      return Verdict.deny(Why.ABSENT);
    }
    List<Edit> cuts = new ArrayList<>(0);
    for (int i = 0; i < judged.size(); i++) {
      ObjectBinding binding = judged.get(i);
      List<ObjectFacts> shown = Shown.by(binding, call);
      Why why =
          binding.items() != null
              ? items(binding, shown, call, cuts)
              : shown.isEmpty()
                  ? ofState(status)
                          && Shown.asked(binding, call) != null
                          && !knownOwn(binding, call)
                      ? Why.ABSENT
                      : null
                  : whole(binding, shown, call);
      if (why != null) {
        return Verdict.deny(why);
      }
    }
    boolean declared = call.operation().responses().of(status) != null;
    return declared ? withheld(call, response, cuts) : Verdict.deny(Why.UNDECLARED_ERROR);
  }

  /// Whether a status is about the object, so that there has to be one (RFC 9110, section 15.5; RFC
  /// 4918, section 11; RFC 6585).
  private static boolean ofState(int status) {
    return switch (status) {
      case 402, 409, 411, 412, 416, 417, 418, 422, 423, 424, 425, 426, 428, 451 -> true;
      default -> false;
    };
  }

  /// Whether the gate knows by itself that the object asked for is the caller's.
  private boolean knownOwn(ObjectBinding binding, Call call) {
    ObjectUse use = Shown.asked(binding, call);
    if (use == null || binding.items() != null) {
      return false;
    }
    Optional<ObjectFacts> byId = Ownership.byId(binding.type(), use.id());
    ObjectFacts facts = byId.isPresent() ? byId.get() : related(binding, use.id(), call.exchange());
    return facts != null
        && Ownership.below(Parents.of(binding.type(), use.within()), facts)
        && standing(binding, facts, call.exchange()) == Standing.GRANTED;
  }

  private @Nullable ObjectFacts related(ObjectBinding binding, String id, Exchange exchange) {
    if (!binding.type().knownBy().contains(KnownBy.RELATION)) {
      return null;
    }
    Relations.Relation relation =
        relations.find(new Relations.Key(api, binding.type().name(), id)).orElse(null);
    return relation == null
        ? null
        : Ownership.byRelation(id, relation, issuers, exchange.principal());
  }

  private Verdict objects(Call call, Response response) {
    if (!response.body().complete()) {
      return Verdict.deny(names(call) ? Why.OWNER_UNKNOWN : Why.UNREADABLE);
    }
    List<Edit> cuts = List.of();
    for (int i = 0; i < judged.size(); i++) {
      ObjectBinding binding = judged.get(i);
      List<ObjectFacts> shown = Shown.by(binding, call);
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
    return withheld(call, response, cuts);
  }

  /// Whether the caller named an object, who may not learn that it is there.
  private boolean names(Call call) {
    for (int i = 0; i < judged.size(); i++) {
      if (Shown.asked(judged.get(i), call) != null) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Why whole(ObjectBinding binding, List<ObjectFacts> shown, Call call) {
    if (shown.size() != 1) {
      return Why.NO_OBJECT;
    }
    ObjectFacts only = shown.getFirst();
    ObjectFacts facts = binding.type().hidden() ? known(binding, only, call.exchange()) : only;
    ObjectUse use = Shown.asked(binding, call);
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

  private @Nullable Why items(
      ObjectBinding binding, List<ObjectFacts> shown, Call call, List<Edit> cuts) {
    if (shown.isEmpty()) {
      return null;
    }
    Map<String, String> within = Parents.named(binding, call);
    if (within == null) {
      return Why.OTHER_PARENT;
    }
    Map<String, String> parents = Parents.of(binding.type(), within);
    BitSet kept = new BitSet(shown.size());
    Set<Fact> foreign = Set.of();
    for (int i = 0; i < shown.size(); i++) {
      ObjectFacts item = shown.get(i);
      if (isOwn(binding, item, parents, call.exchange())) {
        kept.set(i);
        continue;
      }
      if (binding.foreign() == Foreign.DENY) {
        return Why.FOREIGN;
      }
      if (item.id() instanceof Fact.Known && item.owner() != Fact.MISSING) {
        foreign = foreign.isEmpty() ? new HashSet<>() : foreign;
        foreign.add(item.id());
      }
    }
    for (int i = 0; i < shown.size(); i++) {
      // an object that is foreign once in a list is not the caller's anywhere in it
      if (!kept.get(i) || foreign.contains(shown.get(i).id())) {
        cuts.add(Shown.cut(shown.get(i)));
      }
    }
    return null;
  }

  private boolean isOwn(
      ObjectBinding binding, ObjectFacts item, Map<String, String> parents, Exchange exchange) {
    if (item.id() == Fact.ODD && isKeyed(binding)) {
      return false;
    }
    ObjectFacts known = known(binding, item, exchange);
    return standing(binding, known, exchange) == Standing.GRANTED
        && Ownership.below(parents, known);
  }

  /// Whether the name of each object is its id, so that a name that is none belongs to nobody.
  private static boolean isKeyed(ObjectBinding binding) {
    return binding.id() instanceof Selector.ResponseBody(PointerPattern at) && at.named();
  }

  /// What an object says, and where it says nothing, or nothing could show it, what the gate has
  /// learned.
  private ObjectFacts known(ObjectBinding binding, ObjectFacts shown, Exchange exchange) {
    boolean silent = shown.owner() == Fact.MISSING && shown.tenant() == Fact.MISSING;
    Standing wanted = standing(binding, shown, exchange);
    boolean asked = wanted == Standing.UNKNOWN && (silent || binding.type().hidden());
    // The service says a name, and not whose name it is.
    boolean doubted = wanted == Standing.GRANTED && issuers.several();
    if ((asked || doubted) && shown.id() instanceof Fact.Known(String id)) {
      ObjectFacts learned = related(binding, id, exchange);
      return learned == null ? shown : Ownership.completed(binding.type(), shown, learned);
    }
    return shown;
  }

  private static Standing standing(ObjectBinding binding, ObjectFacts facts, Exchange exchange) {
    List<Grant> grants = binding.grants();
    return Ownership.judge(binding.type(), grants, facts, exchange.principal());
  }

  /// The count goes whether or not anything was cut: its absence must not tell. What only the gate
  /// asked for goes as well.
  private Verdict withheld(Call call, Response response, List<Edit> cuts) {
    Why why = cuts.isEmpty() ? null : Why.FOREIGN_ITEMS_CUT;
    List<Edit> edits = cuts;
    List<ForcedSelection.Fact> unasked =
        forced.isEmpty() ? List.of() : forced.missing(call.exchange().request().target().query());
    List<Reading.Mark> marks = response.body().marks();
    for (int i = 0; i < marks.size(); i++) {
      Reading.Mark mark = marks.get(i);
      boolean count = counts.in(mark);
      if (count || ForcedSelection.holds(unasked, mark)) {
        edits = edits.isEmpty() ? new ArrayList<>() : edits;
        edits.add(new Edit.CutBody(mark.nameFrom(), mark.to()));
        why = why == null ? count ? Why.COUNT_WITHHELD : Why.UNASKED_CUT : why;
      }
    }
    if (counts.hushed()) {
      edits = edits.isEmpty() ? new ArrayList<>() : edits;
      boolean told = counts.head(response, edits);
      why = why == null && told ? Why.COUNT_WITHHELD : why;
    }
    if (why != null) {
      return new Verdict.Redact(why, edits);
    }
    return edits.isEmpty() ? Verdict.pass() : new Verdict.Pass(null, List.of(), edits);
  }
}
