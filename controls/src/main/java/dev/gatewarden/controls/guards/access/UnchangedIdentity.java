package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.controls.guards.access.ObjectKnowledge.Known;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.exchange.Bytes;
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
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a request leaves an object what it is and whose it is: id, owner, tenant and parents of
/// a bound type are not written by an update, nor in another's name by a creation, unless the
/// contract says who may.
final class UnchangedIdentity {
  private final ObjectKnowledge knowledge;

  UnchangedIdentity(Setting setting) {
    this.knowledge = new ObjectKnowledge(setting);
  }

  /// The answer for one value of the request.
  PropertyGrants.Answer judge(Meaning.Identity meaning, Mark mark, Call call) {
    ObjectBinding binding = call.operation().objects().list().get(meaning.binding());
    String value = value(call.body().bytes(), mark);
    return binding.does() == Does.CREATE
        ? created(binding, meaning, value, call)
        : updated(binding, meaning, mark, value, call);
  }

  /// Who creates may say that it is theirs, and who may create for others may say whose it is.
  private static PropertyGrants.Answer created(
      ObjectBinding binding, Meaning.Identity meaning, @Nullable String value, Call call) {
    Principal caller = call.exchange().principal();
    ObjectType type = binding.type();
    boolean same =
        switch (meaning.role()) {
          case OWNER -> type.owner() != null && equal(value, type.owner(), caller);
          case TENANT -> type.tenant() != null && equal(value, type.tenant(), caller);
          case PARENT -> {
            // the request's own parent is judged; another one beside it would not be
            String named = parent(binding, meaning.name(), call);
            yield named == null || named.equals(value);
          }
          case ID, ITEM, COUNT, WRITTEN, PATCH, PATCHED -> true;
        };
    boolean mine = same || (meaning.role() == Role.OWNER && forOthers(binding, caller));
    return mine ? PropertyGrants.Answer.GRANTED : PropertyGrants.Answer.REFUSED;
  }

  private static boolean equal(@Nullable String value, ObjectType.Fact fact, Principal caller) {
    return value != null && value.equals(Ownership.part(fact.is(), caller));
  }

  private static @Nullable String parent(ObjectBinding binding, String name, Call call) {
    for (ObjectUse use : call.objects()) {
      if (use.binding().type().name().equals(name)) {
        return use.id();
      }
    }
    return binding.within().get(name) instanceof Selector.PathParameter(String path)
        ? call.exchange().pathValue(path)
        : null;
  }

  private static boolean forOthers(ObjectBinding binding, Principal caller) {
    List<Grant> grants = binding.grants();
    for (int i = 0; i < grants.size(); i++) {
      boolean holds =
          switch (grants.get(i)) {
            case Grant.Anyone() -> true;
            case Grant.Role(String name) -> caller.roles().contains(name);
            case Grant.Owner(), Grant.Tenant() -> false;
          };
      if (holds) {
        return true;
      }
    }
    return false;
  }

  /// A value within an item of a batch speaks of that item's object alone.
  private PropertyGrants.Answer updated(
      ObjectBinding binding,
      Meaning.Identity meaning,
      Mark mark,
      @Nullable String value,
      Call call) {
    boolean any = false;
    for (ObjectUse use : call.objects()) {
      boolean elsewhere = use.to() > 0 && (mark.from() < use.from() || mark.to() > use.to());
      if (use.binding() != binding || elsewhere) {
        continue;
      }
      any = true;
      Known known = knowledge.of(binding.type(), use.id(), use.within(), call.exchange(), false);
      if (known instanceof Known.Failed) {
        return PropertyGrants.Answer.FAILED;
      }
      if (SetAside.holds(use, known, call.exchange().principal())) {
        continue;
      }
      if (!(known instanceof Known.Facts(ObjectFacts facts, var _))
          || !unchanged(meaning, value, use, facts)) {
        return PropertyGrants.Answer.REFUSED;
      }
    }
    return any ? PropertyGrants.Answer.GRANTED : PropertyGrants.Answer.REFUSED;
  }

  private static boolean unchanged(
      Meaning.Identity meaning, @Nullable String value, ObjectUse use, ObjectFacts facts) {
    Fact fact =
        switch (meaning.role()) {
          case ID -> Fact.of(use.id());
          case OWNER -> facts.owner();
          case TENANT -> facts.tenant();
          case PARENT -> facts.parents().getOrDefault(meaning.name(), Fact.MISSING);
          case ITEM, COUNT, WRITTEN, PATCH, PATCHED -> Fact.ODD;
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

  /// A text, or a number as it is written; null for everything else.
  private static @Nullable String value(Bytes body, Mark mark) {
    byte[] json = body.array();
    if (JsonText.isString(json, mark.from(), mark.to())) {
      return JsonText.decode(json, mark.from(), mark.to());
    }
    return JsonText.isNumber(json, mark.from(), mark.to())
        ? new String(json, mark.from(), mark.to() - mark.from(), StandardCharsets.US_ASCII)
        : null;
  }
}
