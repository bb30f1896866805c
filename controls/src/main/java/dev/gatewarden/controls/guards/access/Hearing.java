package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.access.ObjectKnowledge.Known;
import dev.gatewarden.controls.guards.access.ObjectKnowledge.Version;
import dev.gatewarden.controls.guards.access.ObjectOwnerGuard.Why;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Batch;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.exchange.ObjectUse;
import dev.gatewarden.core.exchange.Written;
import dev.gatewarden.core.policy.Ownership;
import dev.gatewarden.core.policy.Ownership.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One call while it is judged whose objects it touches.
final class Hearing {
  private final Bench bench;
  private final Call call;
  private final Exchange exchange;
  private @Nullable Map<Question, Known> answers;
  private @Nullable List<Item> refused;
  private @Nullable Version judged;
  private @Nullable ObjectBinding named;
  private @Nullable String only;

  /// What does not change from call to call.
  ///
  /// @param conditional the binding whose object is written under the condition that it did not
  ///     change, or null
  record Bench(
      Map<String, ObjectType> types,
      List<ObjectBinding> bindings,
      boolean safe,
      ObjectKnowledge knowledge,
      @Nullable ObjectBinding conditional) {}

  private record Question(String type, String id, Map<String, String> within) {}

  private record Item(int from, int to, Why why) {}

  Hearing(Bench bench, Call call) {
    this.bench = bench;
    this.call = call;
    this.exchange = call.exchange();
    this.answers = call.objects().size() + call.written().size() > 1 ? new HashMap<>() : null;
  }

  Verdict verdict() {
    for (int i = 0; i < bench.bindings.size(); i++) {
      Why why = withoutId(bench.bindings.get(i));
      if (why != null) {
        return Verdict.deny(why);
      }
    }
    for (int i = 0; i < call.objects().size(); i++) {
      ObjectUse use = call.objects().get(i);
      Why why = refusal(use);
      if (why != null && !set(use.binding(), use.from(), use.to(), why)) {
        return refused(use, why);
      }
    }
    for (int i = 0; i < call.written().size(); i++) {
      Written written = call.written().get(i);
      Why why = refusal(written);
      if (why != null && !set(written.binding(), written.from(), written.to(), why)) {
        return Verdict.deny(why);
      }
    }
    Verdict forwarded = forwarded();
    return refused == null || forwarded instanceof Verdict.Deny
        ? forwarded
        : rest(refused, forwarded);
  }

  /// Sets an item of a batch aside that judges each for itself; what cannot be known now refuses
  /// the whole.
  private boolean set(ObjectBinding binding, int from, int to, Why why) {
    if (to == 0 || binding.batch() != Batch.EACH || why.status() >= 500) {
      return false;
    }
    if (refused == null) {
      refused = new ArrayList<>();
    }
    refused.add(new Item(from, to, why));
    return true;
  }

  private Verdict refused(ObjectUse use, Why why) {
    if (bench.safe && why.status() == 404) {
      bench.knowledge.refused(use.binding().type(), use.id(), use.within(), exchange);
    }
    return Verdict.deny(why);
  }

  /// What is forwarded without the refused items, under the condition that holds for all of it;
  /// where nothing is left, the first reason refuses.
  private Verdict rest(List<Item> refused, Verdict forwarded) {
    Map<Integer, Item> cut = new HashMap<>();
    for (int i = 0; i < refused.size(); i++) {
      cut.putIfAbsent(refused.get(i).from, refused.get(i));
    }
    Set<Integer> items = new HashSet<>();
    List<Edit> edits = new ArrayList<>();
    StringBuilder places = new StringBuilder();
    for (int i = 0; i < call.objects().size(); i++) {
      ObjectUse use = call.objects().get(i);
      if (use.to() == 0 || use.binding().batch() != Batch.EACH || !items.add(use.from())) {
        continue;
      }
      Item item = cut.get(use.from());
      if (item != null) {
        edits.add(new Edit.CutRequest(use.nameFrom(), item.to));
        places.append(places.isEmpty() ? "" : ", ").append(items.size() - 1);
      }
    }
    if (edits.size() == items.size()) {
      return Verdict.deny(refused.getFirst().why);
    }
    edits.add(new Edit.SetResponseHeader(ObjectOwnerGuard.REFUSED_ITEMS, places.toString()));
    if (forwarded instanceof Verdict.Pass pass) {
      edits.addAll(pass.edits());
    }
    return new Verdict.Redact(Why.ITEMS_REFUSED, edits);
  }

  /// Passes, for the version of the object that was judged where that can be said. A condition of
  /// the caller's own is kept: both must hold.
  private Verdict forwarded() {
    ObjectBinding conditional = bench.conditional;
    Version version = judged;
    if (conditional == null || version == null) {
      return Verdict.pass();
    }
    String etag = version.etag();
    if (etag == null) {
      return conditional.type().unchanged() ? Verdict.deny(Why.NOT_COMPARABLE) : Verdict.pass();
    }
    List<String> own = exchange.request().headers().all("if-match");
    if (!own.isEmpty() && !names(own, etag)) {
      return Verdict.deny(Why.CHANGED);
    }
    return new Verdict.Pass(null, List.of(), List.of(new Edit.SetRequestHeader("if-match", etag)));
  }

  /// By the strong comparison (RFC 9110, section 13.1.1).
  private static boolean names(List<String> lines, String etag) {
    for (String line : lines) {
      for (String each : line.split(",", -1)) {
        String tag = each.strip();
        if (tag.equals("*") || tag.equals(etag)) {
          return true;
        }
      }
    }
    return false;
  }

  /// A list or a creation names no object of its own, but it may stand below parents. Nothing is
  /// created whose owner could not be remembered.
  private @Nullable Why withoutId(ObjectBinding binding) {
    if (binding.does() == Does.CREATE && binding.learn() && !bench.knowledge.remembers()) {
      return Why.NOT_KEPT;
    }
    Why unfiltered = ObjectOwnerGuard.unfiltered(binding, exchange);
    if (unfiltered == null && binding.does() == Does.CREATE) {
      unfiltered = mayCreate(binding) ? null : Why.MAY_NOT_CREATE;
    }
    if (unfiltered != null || (binding.id() != null && !binding.id().afterwards())) {
      return unfiltered;
    }
    Map<String, String> within = Parents.named(binding, call);
    return within == null ? Why.OTHER_PARENT : parents(binding.type(), within);
  }

  /// Whether what is created would be the caller's to write.
  private boolean mayCreate(ObjectBinding binding) {
    return Ownership.judgeOwn(binding.type(), binding.grants(), exchange.principal())
        != Standing.FOREIGN;
  }

  private @Nullable Why refusal(ObjectUse use) {
    ObjectBinding binding = use.binding();
    Why why = parents(binding.type(), use.within());
    List<Grant> grants = binding.grants();
    if (why != null || Ownership.open(grants)) {
      return why;
    }
    boolean tells = ObjectReleaseGuard.tells(binding, bench.safe, exchange);
    return switch (known(binding.type(), use.id(), use.within(), tells)) {
      case Known.Facts(ObjectFacts facts, Version version) -> {
        if (binding == bench.conditional) {
          judged = version;
        }
        yield judged(use, grants, facts);
      }
      case Known.Absent() -> binding.does() == Does.CREATE ? null : Why.ABSENT;
      case Known.Withheld() -> Why.WITHHELD;
      case Known.Later() -> null;
      case Known.Nothing() -> Why.OWNER_UNKNOWN;
      case Known.Failed() -> Why.LOOK_UP_FAILED;
    };
  }

  private @Nullable Why judged(ObjectUse use, List<Grant> grants, ObjectFacts facts) {
    ObjectType type = use.binding().type();
    if (!facts.id().equals(Fact.of(use.id()))) {
      return Why.OTHER_OBJECT;
    }
    if (!Ownership.below(Parents.of(type, use.within()), facts)) {
      return Why.OTHER_PARENT;
    }
    return switch (Ownership.judge(type, grants, facts, exchange.principal())) {
      case GRANTED -> null;
      case FOREIGN -> Why.FOREIGN;
      case UNKNOWN -> Why.OWNER_UNKNOWN;
    };
  }

  private @Nullable Why refusal(Written written) {
    return switch (written.kind()) {
      case ID -> sameId(written) ? null : Why.UNCLEAR_ID;
      case REFERENCE -> reference(written);
      case TENANT -> null; // the guard `tenant-writes` judges it
      case UNREAD -> Why.UNREADABLE;
    };
  }

  /// Whether an id that stands there once more names nothing but what is judged.
  private boolean sameId(Written written) {
    if (named != written.binding()) {
      named = written.binding();
      only = only(written.binding());
    }
    return written.fact() instanceof Fact.Known(String text) && text.equals(only);
  }

  /// The one id that a binding names; null where it names none, or several.
  private @Nullable String only(ObjectBinding binding) {
    String only = null;
    for (int i = 0; i < call.objects().size(); i++) {
      ObjectUse use = call.objects().get(i);
      if (use.binding() == binding) {
        if (only != null && !only.equals(use.id())) {
          return null;
        }
        only = use.id();
      }
    }
    return only;
  }

  /// An id that is written into an object is judged like a read of what it names: otherwise the
  /// service would show, through the caller's own object, what the caller may not see.
  private @Nullable Why reference(Written written) {
    ObjectType type = written.type();
    List<Grant> grants = type.access().read();
    if (Ownership.open(grants)) {
      return null;
    }
    if (!(written.fact() instanceof Fact.Known(String id))) {
      return Why.FOREIGN_REFERENCE;
    }
    Map<String, String> within = Parents.named(written.binding(), call);
    return switch (known(type, id, within == null ? Map.of() : within, false)) {
      case Known.Facts(ObjectFacts facts, Version _) ->
          granted(type, id, facts) ? null : Why.FOREIGN_REFERENCE;
      case Known.Absent(), Known.Later(), Known.Withheld() -> Why.FOREIGN_REFERENCE;
      case Known.Nothing() -> Why.REFERENCE_UNKNOWN;
      case Known.Failed() -> Why.LOOK_UP_FAILED;
    };
  }

  private boolean granted(ObjectType type, String id, ObjectFacts facts) {
    return facts.id().equals(Fact.of(id))
        && Ownership.judge(type, type.access().read(), facts, exchange.principal())
            == Standing.GRANTED;
  }

  /// Each level is checked; a parent that no level below it knows of could be any.
  private @Nullable Why parents(ObjectType child, Map<String, String> within) {
    if (within.isEmpty()) {
      return null;
    }
    for (Map.Entry<String, String> parent : within.entrySet()) {
      if (!Parents.claimed(parent.getKey(), child, within, bench.types)) {
        return Why.OTHER_PARENT;
      }
      Why why = parent(parent.getKey(), parent.getValue(), within);
      if (why != null) {
        return why;
      }
    }
    return null;
  }

  /// A parent must be the caller's to read, by what can be known of it now: the child's response
  /// says nothing about it.
  private @Nullable Why parent(String name, String id, Map<String, String> within) {
    ObjectType type = bench.types.get(name);
    if (type == null) {
      return Why.OWNER_UNKNOWN;
    }
    Map<String, String> above = Parents.of(type, within);
    if (Ownership.open(type.access().read()) && above.isEmpty()) {
      return null;
    }
    Why why =
        switch (known(type, id, above, false)) {
          case Known.Facts(ObjectFacts facts, Version _) ->
              Ownership.below(above, facts) && granted(type, id, facts) ? null : Why.FOREIGN_PARENT;
          case Known.Absent(), Known.Later(), Known.Withheld() -> Why.FOREIGN_PARENT;
          case Known.Nothing() -> Why.OWNER_UNKNOWN;
          case Known.Failed() -> Why.LOOK_UP_FAILED;
        };
    if (why != null && bench.safe && why.status() == 404) {
      bench.knowledge.refused(type, id, above, exchange);
    }
    return why;
  }

  /// What is known of an object; asked once for each object that a request names several times.
  private Known known(ObjectType type, String id, Map<String, String> within, boolean byResponse) {
    Map<Question, Known> kept = answers;
    if (kept == null) {
      return bench.knowledge.of(type, id, within, exchange, byResponse);
    }
    Question question = new Question(type.name(), id, within);
    Known known = kept.get(question);
    if (known == null) {
      known = bench.knowledge.of(type, id, within, exchange, byResponse);
      if (!(known instanceof Known.Later)) {
        kept.put(question, known);
      }
    }
    return known;
  }
}
