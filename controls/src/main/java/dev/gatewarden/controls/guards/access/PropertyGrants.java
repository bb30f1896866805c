package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.controls.guards.access.ObjectKnowledge.Known;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.exchange.ObjectUse;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.Ownership;
import dev.gatewarden.core.policy.Ownership.Standing;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether a caller is one of those that the contract names for a property.
final class PropertyGrants {
  private final ObjectKnowledge knowledge;
  private final Map<String, ObjectType> types;

  PropertyGrants(Setting setting) {
    this.knowledge = new ObjectKnowledge(setting);
    this.types = setting.contract().types();
  }

  /// The answer for one property.
  enum Answer {
    GRANTED,
    REFUSED,
    /// Whose object it is cannot be found out.
    FAILED
  }

  /// Judges by the caller alone where that is enough, else by each object that the request names.
  /// Who creates an object owns it.
  Answer judge(List<Grant> by, Call call) {
    Principal caller = call.exchange().principal();
    if (byCaller(by, caller)) {
      return Answer.GRANTED;
    }
    if (!asksForOwner(by)) {
      return Answer.REFUSED;
    }
    return call.objects().isEmpty() ? created(call) : owned(by, call);
  }

  /// Judges by facts that are at hand.
  static boolean judge(List<Grant> by, ObjectBinding binding, ObjectFacts facts, Principal caller) {
    return byCaller(by, caller)
        || Ownership.judge(binding.type(), by, facts, caller) == Standing.GRANTED;
  }

  /// Judges a marked value of the response by the object it belongs to, each item of a list by
  /// itself; where none is around it, by what the request names.
  boolean mayRead(List<Grant> by, Reading.Mark mark, Call call, Hidden.Sight sight) {
    if (byCaller(by, call.exchange().principal())) {
      return true;
    }
    if (!asksForOwner(by)) {
      return false;
    }
    Call.@Nullable Seen group = null;
    ObjectFacts nearest = null;
    for (Call.Seen seen : call.seen()) {
      ObjectFacts facts = Around.of(seen.each(), mark);
      if (facts != null
          && (nearest == null || facts.to() - facts.from() < nearest.to() - nearest.from())) {
        nearest = facts;
        group = seen;
      }
    }
    NestedObjects.Nested nested = sight.nested().around(mark);
    if (nested != null && (nearest == null || nested.length() < nearest.to() - nearest.from())) {
      return within(by, nested, nearest == null, call);
    }
    return group == null || nearest == null
        ? judge(by, call) == Answer.GRANTED
        : judge(
            by,
            group.binding(),
            knowledge.completed(group.binding().type(), nearest, call.exchange()),
            call.exchange().principal());
  }

  /// An object within another is judged by what it says itself; one that says nothing and is the
  /// whole answer, by what the request names.
  private boolean within(List<Grant> by, NestedObjects.Nested nested, boolean unbound, Call call) {
    ObjectFacts facts = nested.facts();
    ObjectType type = types.get(nested.type());
    boolean silent = facts.owner() == Fact.MISSING && facts.tenant() == Fact.MISSING;
    if (type == null || (silent && unbound && nested.isOutermost())) {
      return judge(by, call) == Answer.GRANTED;
    }
    return Ownership.judge(type, by, facts, call.exchange().principal()) == Standing.GRANTED;
  }

  private static boolean byCaller(List<Grant> by, Principal caller) {
    for (int i = 0; i < by.size(); i++) {
      boolean granted =
          switch (by.get(i)) {
            case Grant.Anyone() -> true;
            case Grant.Role(String name) -> caller.roles().contains(name);
            case Grant.Crossing(String role) -> caller.crossing().contains(role);
            case Grant.Owner(), Grant.Tenant() -> false;
          };
      if (granted) {
        return true;
      }
    }
    return false;
  }

  private static boolean asksForOwner(List<Grant> by) {
    for (int i = 0; i < by.size(); i++) {
      if (by.get(i) instanceof Grant.Owner || by.get(i) instanceof Grant.Tenant) {
        return true;
      }
    }
    return false;
  }

  private static Answer created(Call call) {
    boolean creates = !call.exchange().principal().isNobody();
    List<ObjectBinding> bindings = call.operation().objects().list();
    for (ObjectBinding binding : bindings) {
      creates &= binding.does() == Does.CREATE;
    }
    return creates && !bindings.isEmpty() ? Answer.GRANTED : Answer.REFUSED;
  }

  private Answer owned(List<Grant> by, Call call) {
    for (ObjectUse use : call.objects()) {
      Known known =
          knowledge.of(use.binding().type(), use.id(), use.within(), call.exchange(), false);
      if (SetAside.holds(use, known, call.exchange().principal())) {
        continue;
      }
      switch (known) {
        case Known.Facts(ObjectFacts facts, var _) -> {
          if (!judge(by, use.binding(), facts, call.exchange().principal())) {
            return Answer.REFUSED;
          }
        }
        case Known.Absent() -> {
          if (use.binding().does() != Does.CREATE) {
            return Answer.REFUSED;
          }
        }
        case Known.Later(), Known.Nothing(), Known.Withheld() -> {
          return Answer.REFUSED;
        }
        case Known.Failed() -> {
          return Answer.FAILED;
        }
      }
    }
    return Answer.GRANTED;
  }
}
