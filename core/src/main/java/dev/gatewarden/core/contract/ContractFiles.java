package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Place.Origin;
import java.net.URI;
import java.util.List;
import java.util.Set;

/// The documents that make up one contract.
///
/// @param api the name the API has in the configuration
/// @param contract the OpenAPI document
/// @param overlays laid over it, in order
/// @param allowed addresses outside the contract's folder that it may refer to
public record ContractFiles(String api, Origin contract, List<Origin> overlays, Set<URI> allowed) {

  public ContractFiles {
    overlays = List.copyOf(overlays);
    allowed = Set.copyOf(allowed);
  }

  /// A contract without overlays that refers to nothing outside its folder.
  public ContractFiles(String api, Origin contract) {
    this(api, contract, List.of(), Set.of());
  }
}
