package dev.gatewarden.platform.probing.protocol;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.platform.probing.Target;
import dev.gatewarden.platform.probing.Wire;
import java.util.List;

/// A schema by which a service is called, read and understood.
public interface Spoken {

  /// What is promised, as reports name it.
  Contract contract();

  /// The way to call a service that promises it.
  ///
  /// @param wire by which everything is sent; whoever gives it closes it
  Protocol to(Target target, Wire wire, List<Identity> identities);
}
