package dev.gatewarden.gateway.identity.status;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.identity.TokenVerifier;
import dev.gatewarden.gateway.identity.Statements;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks of genuine tokens what the operator asks beside: an id where each may be used once, and a
/// good state in the issuer's status list. A token from the cache is asked as well.
public final class DemandingVerifier implements TokenVerifier {
  private static final Map<Fault, Verification.Refused> REFUSED = new EnumMap<>(Fault.class);

  static {
    for (Fault fault : Fault.values()) {
      REFUSED.put(fault, new Verification.Refused(fault));
    }
  }

  private final TokenVerifier genuine;
  private final Demands demands;
  private final StatusLists lists;

  public DemandingVerifier(
      TokenVerifier genuine, Demands demands, Statements statements, InstantSource clock) {
    this.genuine = genuine;
    this.demands = demands;
    this.lists = new StatusLists(statements, clock);
  }

  @Override
  public Verification verify(String token, Ip source) {
    Verification answer = genuine.verify(token, source);
    if (!(answer instanceof Verification.Verified(var proof))) {
      return answer;
    }
    Fault fault = fault(proof.claims());
    return fault == null ? answer : java.util.Objects.requireNonNull(REFUSED.get(fault));
  }

  private @Nullable Fault fault(Map<String, Object> claims) {
    if (demands.once() && !(claims.get("jti") instanceof String)) {
      return Fault.MISSING_CLAIM;
    }
    if (demands.status() == Demands.Status.IGNORED) {
      return null;
    }
    Object status = claims.get("status");
    if (!(status instanceof Map<?, ?> members) || !members.containsKey("status_list")) {
      return demands.status() == Demands.Status.REQUIRED ? Fault.MISSING_CLAIM : null;
    }
    return lists.judge(members);
  }

  @Override
  public boolean isNamedIn(String token) {
    return genuine.isNamedIn(token);
  }

  @Override
  public boolean asksAbout(String token) {
    return genuine.asksAbout(token);
  }

  @Override
  public void pardon(String token, Ip source) {
    genuine.pardon(token, source);
  }

  @Override
  public boolean isProved(String token) {
    // What the status list says is asked when it is verified, and costs next to nothing.
    return !demands.once() && genuine.isProved(token);
  }

  @Override
  public boolean once() {
    return demands.once();
  }
}
