package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.Bound;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.Askable;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Cost;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.policy.Ownership;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets a caller touch an object only if the contract's object binding says that it is theirs to
/// touch.
///
/// It judges each object that the request names, each parent it names it within, and each object
/// whose id it would write into one (`refs`, `parent`), before the service hears of it. An owner or
/// a tenant that a request writes must be the caller's own, unless a grant says otherwise, and an
/// id
/// that stands there twice must be one. What changes something is never judged by the service's
/// answer, since by then it has happened. A foreign object and an absent one get the same answer.
///
/// Of a batch (`batch: each`), items that are not the caller's are cut before the rest is
/// forwarded; the header `gatewarden-refused-items` tells their places, from 0. Where a look-up
/// brought a strong `ETag` and the operation takes `If-Match` (or the type says `write-if:
/// unchanged`), the write is forwarded for that version of the object alone.
@Control(
    id = "object-owner",
    stage = Stage.AUTHORIZE,
    cost = Cost.WAITS,
    threats = {Threat.API1_OBJECT_AUTHORIZATION})
public final class ObjectOwnerGuard implements Guard {
  /// The response header that tells which items of a batch were refused.
  static final String REFUSED_ITEMS = "gatewarden-refused-items";

  /// What can be set; whose objects are whose stands in the contract.
  ///
  /// @param lookUps the most objects that one request may name where the service has to be asked
  ///     whose they are, from 1 to 10000
  public record Config(int lookUps) {
    public Config {
      Bound.within("look-ups", lookUps, 1, 10_000);
    }
  }

  /// Why an object may not be touched.
  public enum Why implements Reason {
    FOREIGN(404),
    FOREIGN_PARENT(404),
    FOREIGN_REFERENCE(404),
    OTHER_PARENT(404),
    OTHER_OBJECT(404),
    ABSENT(404),
    WITHHELD(404),
    OWNER_UNKNOWN(404),
    REFERENCE_UNKNOWN(404),
    NOT_FILTERED(403),
    MAY_NOT_CREATE(403),
    UNCLEAR_ID(400),
    UNREADABLE(400),
    TOO_MANY(400),
    CHANGED(412),
    LOOK_UP_FAILED(503),
    NOT_COMPARABLE(503),
    NOT_KEPT(503),
    ITEMS_REFUSED(200);

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

    /// The same for all that are about one object, so that nobody learns that it is there.
    @Override
    public String summary() {
      return switch (this) {
        case FOREIGN,
            FOREIGN_PARENT,
            FOREIGN_REFERENCE,
            OTHER_PARENT,
            OTHER_OBJECT,
            ABSENT,
            WITHHELD,
            OWNER_UNKNOWN,
            REFERENCE_UNKNOWN ->
            "there is no such resource";
        case NOT_FILTERED -> "only the caller's own objects may be summed up";
        case MAY_NOT_CREATE -> "the caller may not create such an object";
        case UNCLEAR_ID -> "the request does not say clearly which object it is about";
        case UNREADABLE -> "the body cannot be read";
        case TOO_MANY -> "the request names too many objects";
        case CHANGED -> "the object is not in the state that the request asks for";
        case LOOK_UP_FAILED, NOT_COMPARABLE, NOT_KEPT ->
            "whose object this is cannot be found out at the moment";
        case ITEMS_REFUSED -> "only the caller's own objects are changed";
      };
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          ObjectOwnerGuard.class,
          new Config(100),
          Reads.BODY,
          Why.values(),
          (setting, config) ->
              setting.operation().objects().list().isEmpty()
                  ? Optional.empty()
                  : Optional.of(new ObjectOwnerGuard(setting, config)));

  private final Hearing.Bench bench;
  private final int most;

  private ObjectOwnerGuard(Setting setting, Config config) {
    Operation operation = setting.operation();
    List<ObjectBinding> bindings = operation.objects().list();
    this.bench =
        new Hearing.Bench(
            setting.contract().types(),
            bindings,
            operation.safe(),
            new ObjectKnowledge(setting),
            conditional(setting, bindings));
    this.most =
        Askable.is(operation, setting.contract().types()) ? config.lookUps() : Integer.MAX_VALUE;
  }

  /// The binding whose object is written at the very address at which it is looked up, under a
  /// condition that the operation takes; null where there is none.
  private static @Nullable ObjectBinding conditional(
      Setting setting, List<ObjectBinding> bindings) {
    Operation operation = setting.operation();
    ObjectBinding only = null;
    for (ObjectBinding binding : bindings) {
      ObjectType type = binding.type();
      boolean writes =
          binding.does() == Does.UPDATE
              || binding.does() == Does.DELETE
              || binding.does() == Does.ACT;
      if (!writes || !(binding.id() instanceof Selector.PathParameter) || !type.lookedUp()) {
        continue;
      }
      Operation read = type.readBy() == null ? null : setting.contract().operation(type.readBy());
      boolean here =
          read != null
              && read.path().segments().equals(operation.path().segments())
              && (type.unchanged() || operation.parameter(Parameter.In.HEADER, "if-match") != null);
      only = here ? binding : only;
    }
    return only;
  }

  @Override
  public Verdict judge(Call call) {
    return call.objects().size() + call.written().size() > most
        ? Verdict.deny(Why.TOO_MANY)
        : new Hearing(bench, call).verdict();
  }

  /// A sum over objects has a filter that `owner-filter` writes, or is allowed to a role or to
  /// anyone.
  static @Nullable Why unfiltered(ObjectBinding binding, Exchange exchange) {
    boolean allowed =
        binding.does() != Does.AGGREGATE
            || binding.filter() != null
            || Ownership.everything(binding.type(), binding.grants(), exchange.principal());
    return allowed ? null : Why.NOT_FILTERED;
  }
}
