package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.controls.guards.access.ObjectKnowledge.Known;
import dev.gatewarden.controls.guards.access.PropertyGrants.Answer;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Batch;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.exchange.ObjectUse;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.exchange.Reading.Role;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.Ownership;
import dev.gatewarden.core.schema.JsonText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Whether a request leaves an object what it is and whose it is: id, owner, tenant and parents of
/// a bound type are not written by an update, nor in another's name by a creation, unless the
/// contract says who may.
final class UnchangedIdentity {
  private final ObjectKnowledge knowledge;

  UnchangedIdentity(Setting setting) {
    this.knowledge = new ObjectKnowledge(setting);
  }

  /// One request to be judged.
  Hearing of(Call call) {
    return new Hearing(call);
  }

  /// One request while it is judged.
  final class Hearing {
    private final Call call;
    private final Principal caller;
    private final Map<Integer, Named> named = new HashMap<>(2);
    private final Map<Question, Known> answers = new HashMap<>(2);
    private @Nullable Map<String, String> within;

    private Hearing(Call call) {
      this.call = call;
      this.caller = call.exchange().principal();
    }

    /// The answer for one value.
    Answer answer(Meaning.Identity meaning, Mark mark) {
      ObjectBinding binding = call.operation().objects().list().get(meaning.binding());
      String value = JsonText.plain(call.body().bytes().array(), mark.from(), mark.to());
      return binding.does() == Does.CREATE
          ? created(binding, meaning, value)
          : updated(binding, meaning, mark, value);
    }

    /// Who creates may say that it is theirs, and who may create for others may say whose it is.
    private Answer created(
        ObjectBinding binding, Meaning.Identity meaning, @Nullable String value) {
      ObjectType type = binding.type();
      boolean same =
          switch (meaning.role()) {
            case OWNER -> type.owner() != null && equal(value, type.owner(), caller);
            case TENANT -> type.tenant() != null && equal(value, type.tenant(), caller);
            case PARENT -> {
              // the request's own parent is judged; another one beside it would not be
              String parent = parent(binding, meaning.name());
              yield parent == null
                  ? !binding.within().containsKey(meaning.name())
                  : parent.equals(value);
            }
            case ID, KEY, ITEM, COUNT, FILTER, WRITTEN, PATCH, PATCHED -> true;
          };
      boolean mine = same || (meaning.role() == Role.OWNER && forOthers(binding, caller));
      return mine ? Answer.GRANTED : Answer.REFUSED;
    }

    /// The parent that the request names elsewhere: as an object of its own, or by `within`.
    private @Nullable String parent(ObjectBinding binding, String name) {
      if (binding.within().containsKey(name)) {
        Map<String, String> known = within;
        if (known == null) {
          Map<String, String> found = Parents.named(binding, call);
          known = found == null ? Map.of() : found;
          within = known;
        }
        return known.get(name);
      }
      for (int i = 0; i < call.objects().size(); i++) {
        ObjectUse use = call.objects().get(i);
        if (use.binding().type().name().equals(name)) {
          return use.id();
        }
      }
      return null;
    }

    /// What an item of a batch says, it says of its own object; what stands beside the items, of
    /// all
    /// of them.
    private Answer updated(
        ObjectBinding binding, Meaning.Identity meaning, Mark mark, @Nullable String value) {
      Named uses = named.computeIfAbsent(meaning.binding(), _ -> Named.of(binding, call));
      List<ObjectUse> about = uses.around(mark);
      boolean any = false;
      for (int i = 0; i < about.size(); i++) {
        any = true;
        Answer answer = updated(about.get(i), meaning, value);
        if (answer != Answer.GRANTED) {
          return answer;
        }
      }
      return any ? Answer.GRANTED : Answer.REFUSED;
    }

    private Answer updated(ObjectUse use, Meaning.Identity meaning, @Nullable String value) {
      ObjectType type = use.binding().type();
      Known known =
          answers.computeIfAbsent(
              new Question(type.name(), use.id(), use.within()),
              _ -> knowledge.of(type, use.id(), use.within(), call.exchange(), false));
      if (known instanceof Known.Failed) {
        return Answer.FAILED;
      }
      boolean same =
          SetAside.holds(use, known, caller)
              || (known instanceof Known.Facts(ObjectFacts facts, var _)
                  && unchanged(meaning, value, use, facts));
      return same ? Answer.GRANTED : Answer.REFUSED;
    }
  }

  /// What is asked of an object, once in a request: each answer may come from another machine.
  private record Question(String type, String id, Map<String, String> within) {}

  /// The objects that one binding names, by the item that names each.
  ///
  /// @param items by where an item begins
  private record Named(TreeMap<Integer, List<ObjectUse>> items, List<ObjectUse> all, Batch batch) {
    static Named of(ObjectBinding binding, Call call) {
      Named named = new Named(new TreeMap<>(), new ArrayList<>(), binding.batch());
      for (int i = 0; i < call.objects().size(); i++) {
        ObjectUse use = call.objects().get(i);
        if (use.binding() == binding) {
          named.all.add(use);
          if (use.to() > 0) {
            named.items.computeIfAbsent(use.from(), _ -> new ArrayList<>(1)).add(use);
          }
        }
      }
      return named;
    }

    private List<ObjectUse> around(Mark mark) {
      Map.Entry<Integer, List<ObjectUse>> item = items.floorEntry(mark.from());
      if (item != null && mark.to() <= item.getValue().getFirst().to()) {
        return item.getValue();
      }
      return items.isEmpty() || batch == Batch.ALL ? all : List.of();
    }
  }

  private static boolean equal(@Nullable String value, ObjectType.Fact fact, Principal caller) {
    return value != null && value.equals(Ownership.part(fact.is(), caller));
  }

  private static boolean forOthers(ObjectBinding binding, Principal caller) {
    List<Grant> grants = binding.grants();
    for (int i = 0; i < grants.size(); i++) {
      boolean holds =
          switch (grants.get(i)) {
            case Grant.Anyone() -> true;
            case Grant.Role(String name) -> caller.roles().contains(name);
            case Grant.Crossing(String role) -> caller.crossing().contains(role);
            case Grant.Owner(), Grant.Tenant() -> false;
          };
      if (holds) {
        return true;
      }
    }
    return false;
  }

  private static boolean unchanged(
      Meaning.Identity meaning, @Nullable String value, ObjectUse use, ObjectFacts facts) {
    Fact fact =
        switch (meaning.role()) {
          case ID -> Fact.of(use.id());
          case OWNER -> facts.owner();
          case TENANT -> facts.tenant();
          case PARENT -> facts.parents().getOrDefault(meaning.name(), Fact.MISSING);
          case KEY, ITEM, COUNT, FILTER, WRITTEN, PATCH, PATCHED -> Fact.ODD;
        };
    return switch (fact) {
      case Fact.Known(String text) ->
          value != null
              && (meaning.role() == Role.ID
                      && use.binding().type().id().as() == ObjectType.Form.UUID
                  ? text.equalsIgnoreCase(value)
                  : text.equals(value));
      case Fact.Missing _, Fact.Odd _ -> false;
    };
  }
}
