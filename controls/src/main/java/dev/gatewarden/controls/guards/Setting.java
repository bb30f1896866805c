package dev.gatewarden.controls.guards;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.core.identity.TokenVerifier;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The place a guard is seated at: one operation of one contract, and the ports of its API.
///
/// @param asked the security scheme that an IDENTIFY guard is to prove; null for every other guard
public record Setting(
    Contract contract, Operation operation, @Nullable SecurityScheme asked, Ports ports) {

  public Setting(Contract contract, Operation operation, Ports ports) {
    this(contract, operation, null, ports);
  }

  /// The same place for one of the security schemes that the operation names.
  public Setting proving(SecurityScheme scheme) {
    return new Setting(contract, operation, scheme, ports);
  }

  /// Who proves the scheme to prove; null where the operator named nobody.
  public @Nullable Prover prover() {
    return ports.provers().get(scheme().name());
  }

  /// Who proves tokens at the operation, whatever scheme they are of; each once.
  public List<TokenVerifier> verifiers() {
    Set<TokenVerifier> verifiers = new LinkedHashSet<>();
    for (Security.Alternative alternative : operation.security().alternatives()) {
      for (Security.Need need : alternative.needs()) {
        if (ports.provers().get(need.scheme()) instanceof Prover.Tokens(var verifier, var _)) {
          verifiers.add(verifier);
        }
      }
    }
    return List.copyOf(verifiers);
  }

  /// The security scheme to prove.
  public SecurityScheme scheme() {
    if (asked == null) {
      throw new GatewardenBug("a guard that proves a scheme was seated without one");
    }
    return asked;
  }
}
