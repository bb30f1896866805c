package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.exchange.Written;
import dev.gatewarden.core.policy.Ownership;
import java.util.List;
import java.util.Optional;

/// Lets a caller write no tenant into an object but the one that was proved.
///
/// Where the body of a creation or an update says whose tenant's the object is to be, a service
/// that
/// believes it makes or moves the object into somebody else's tenant, out of sight of its owner or
/// into the sight of others. What a body says of the tenant must be what the credential says; it
/// may
/// say nothing.
@Control(
    id = "tenant-writes",
    stage = Stage.AUTHORIZE,
    threats = {Threat.API1_OBJECT_AUTHORIZATION, Threat.API3_PROPERTY_AUTHORIZATION})
public final class TenantWritesGuard implements Guard {

  /// Nothing can be set: where the tenant stands in an object is said in the contract.
  public record Config() {}

  /// Why a request is refused.
  public enum Why implements Reason {
    OTHER_TENANT(403, "an object of another tenant cannot be made here"),
    UNREADABLE(400, "the body cannot be read for the tenant it names");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "tenant-writes";
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
          TenantWritesGuard.class, new Config(), Reads.BODY, Why.values(), TenantWritesGuard::seat);

  private static final Optional<Guard> SEAT = Optional.of(new TenantWritesGuard());

  private TenantWritesGuard() {}

  private static Optional<Guard> seat(Setting setting, Config config) {
    List<ObjectBinding> bindings = setting.operation().objects().list();
    boolean writes = bindings.stream().anyMatch(ObjectBinding::writesTenant);
    return writes && setting.operation().body() != null ? SEAT : Optional.empty();
  }

  @Override
  public Verdict judge(Call call) {
    List<Written> all = call.written();
    for (int i = 0; i < all.size(); i++) {
      Written written = all.get(i);
      if (written.kind() == Written.Kind.UNREAD) {
        return Verdict.deny(Why.UNREADABLE);
      }
      if (written.kind() == Written.Kind.TENANT && !isOwn(written, call)) {
        return Verdict.deny(
            Why.OTHER_TENANT, List.of(new Detail("", "", "this tenant is not the caller's")));
      }
    }
    return Verdict.pass();
  }

  private static boolean isOwn(Written written, Call call) {
    ObjectType.Fact tenant = written.type().tenant();
    String own = tenant == null ? null : Ownership.part(tenant.is(), call.exchange().principal());
    return own != null && written.fact() instanceof Fact.Known(String text) && text.equals(own);
  }
}
