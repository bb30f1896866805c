package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.controls.guards.access.ObjectKnowledge.Known;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Cost;
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
import dev.gatewarden.core.policy.Ownership;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets a caller touch an object only if the contract's object binding says that it is theirs to
/// touch.
///
/// It judges each object that the request names, and each parent it names it within, before the
/// service hears of it. What changes something is
/// never judged by the service's answer, since by then it has happened. A foreign object and an
/// absent one get the same answer.
@Control(
    id = "object-owner",
    stage = Stage.AUTHORIZE,
    cost = Cost.WAITS,
    threats = {Threat.API1_OBJECT_AUTHORIZATION})
public final class ObjectOwnerGuard implements Guard {

  /// Nothing can be set: whose objects are whose stands in the contract.
  public record Config() {}

  /// Why an object may not be touched.
  public enum Why implements Reason {
    FOREIGN(404),
    FOREIGN_PARENT(404),
    OTHER_PARENT(404),
    OTHER_OBJECT(404),
    ABSENT(404),
    OWNER_UNKNOWN(404),
    NOT_FILTERED(403),
    LOOK_UP_FAILED(503),
    NOT_KEPT(503);

    private final int status;

    Why(int status) {
      this.status = status;
    }

    @Override
    public String control() {
      return "object-owner";
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
        case 403 -> "only the caller's own objects may be summed up";
        default -> "whose object this is cannot be found out at the moment";
      };
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          ObjectOwnerGuard.class,
          new Config(),
          Reads.BODY,
          Why.values(),
          (setting, config) ->
              setting.operation().objects().list().isEmpty()
                  ? Optional.empty()
                  : Optional.of(new ObjectOwnerGuard(setting)));

  private final Map<String, ObjectType> types;
  private final List<ObjectBinding> bindings;
  private final boolean safe;
  private final ObjectKnowledge knowledge;

  private ObjectOwnerGuard(Setting setting) {
    this.types = setting.contract().types();
    this.bindings = setting.operation().objects().list();
    this.safe = setting.operation().safe();
    this.knowledge = new ObjectKnowledge(setting);
  }

  @Override
  public Verdict judge(Call call) {
    Exchange exchange = call.exchange();
    for (int i = 0; i < bindings.size(); i++) {
      Why why = withoutId(bindings.get(i), exchange);
      if (why != null) {
        return Verdict.deny(why);
      }
    }
    for (int i = 0; i < call.objects().size(); i++) {
      Why why = refusal(call.objects().get(i), exchange);
      if (why != null) {
        return Verdict.deny(why);
      }
    }
    return Verdict.pass();
  }

  /// A list or a creation names no object of its own, but it may stand below parents. Nothing is
  /// created whose owner could not be remembered.
  private @Nullable Why withoutId(ObjectBinding binding, Exchange exchange) {
    if (binding.does() == Does.CREATE && binding.learn() && !knowledge.remembers()) {
      return Why.NOT_KEPT;
    }
    Why unfiltered = unfiltered(binding, exchange);
    if (unfiltered != null || (binding.id() != null && !binding.id().afterwards())) {
      return unfiltered;
    }
    Map<String, String> within = Parents.named(binding, exchange);
    return within == null ? Why.OTHER_PARENT : parents(binding.type(), within, exchange);
  }

  private @Nullable Why refusal(ObjectUse use, Exchange exchange) {
    ObjectBinding binding = use.binding();
    Why why = parents(binding.type(), use.within(), exchange);
    List<Grant> grants = binding.grants();
    if (why != null || Ownership.open(grants)) {
      return why;
    }
    boolean tells = ObjectReleaseGuard.tells(binding, safe);
    Known known = knowledge.of(binding.type(), use.id(), use.within(), exchange, tells);
    return switch (known) {
      case Known.Facts(ObjectFacts facts) -> judged(use, grants, facts, exchange);
      case Known.Absent() -> binding.does() == Does.CREATE ? null : Why.ABSENT;
      case Known.Later() -> null;
      case Known.Nothing() -> Why.OWNER_UNKNOWN;
      case Known.Failed() -> Why.LOOK_UP_FAILED;
    };
  }

  private static @Nullable Why judged(
      ObjectUse use, List<Grant> grants, ObjectFacts facts, Exchange exchange) {
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

  /// Each level is checked; a parent that no level below it knows of could be any.
  private @Nullable Why parents(ObjectType child, Map<String, String> within, Exchange exchange) {
    for (Map.Entry<String, String> parent : within.entrySet()) {
      if (!Parents.claimed(parent.getKey(), child, within, types)) {
        return Why.OTHER_PARENT;
      }
      Why why = parent(parent.getKey(), parent.getValue(), within, exchange);
      if (why != null) {
        return why;
      }
    }
    return null;
  }

  /// A parent must be the caller's to read, by what can be known of it now: the child's response
  /// says nothing about it.
  private @Nullable Why parent(
      String name, String id, Map<String, String> within, Exchange exchange) {
    ObjectType type = types.get(name);
    if (type == null) {
      return Why.OWNER_UNKNOWN;
    }
    List<Grant> grants = type.access().read();
    Map<String, String> above = Parents.of(type, within);
    if (Ownership.open(grants) && above.isEmpty()) {
      return null;
    }
    return switch (knowledge.of(type, id, above, exchange, false)) {
      case Known.Facts(ObjectFacts facts) ->
          facts.id().equals(Fact.of(id))
                  && Ownership.below(above, facts)
                  && Ownership.judge(type, grants, facts, exchange.principal())
                      == Ownership.Standing.GRANTED
              ? null
              : Why.FOREIGN_PARENT;
      case Known.Absent(), Known.Later() -> Why.FOREIGN_PARENT;
      case Known.Nothing() -> Why.OWNER_UNKNOWN;
      case Known.Failed() -> Why.LOOK_UP_FAILED;
    };
  }

  /// A sum over objects has a filter that `owner-filter` writes, or is allowed to a role or to
  /// anyone.
  private static @Nullable Why unfiltered(ObjectBinding binding, Exchange exchange) {
    if (binding.does() != Does.AGGREGATE) {
      return null;
    }
    if (binding.filter() != null) {
      return null;
    }
    for (Grant grant : binding.grants()) {
      if (grant instanceof Grant.Anyone
          || (grant instanceof Grant.Role(String role)
              && binding.type().tenant() == null
              && exchange.principal().roles().contains(role))) {
        return null;
      }
    }
    return Why.NOT_FILTERED;
  }
}
