package dev.gatewarden.gateway.decisionpoint.remote;

import dev.gatewarden.core.identity.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A decision point of others, as the operator set it up.
///
/// @param token by which the gate proves itself, or null
/// @param deadline the longest time for one answer
/// @param cache how long an answer holds for the same question; zero for not at all
/// @param store of OpenFGA; empty elsewhere
/// @param model of OpenFGA; empty for the newest
/// @param policy the root of Topaz's policy; empty elsewhere
/// @param relations by action: what OpenFGA and SpiceDB call it
/// @param issuers whether users are named by issuer and subject, `corp/alice`
/// @param batch the most questions in one call; 1 for one after another
public record RemoteSettings(
    String name,
    Kind kind,
    URI url,
    @Nullable Secret token,
    Duration deadline,
    Duration cache,
    String store,
    String model,
    String policy,
    Map<String, String> relations,
    boolean issuers,
    int batch) {
  public RemoteSettings {
    relations = Map.copyOf(relations);
  }

  /// What it speaks.
  public enum Kind {
    OPA,
    OPENFGA,
    SPICEDB,
    TOPAZ,
    AUTHZEN
  }

  Dialect dialect() {
    return switch (kind) {
      case OPA -> new Opa(url);
      case OPENFGA -> OpenFga.at(url, store, model, relations, issuers);
      case SPICEDB -> SpiceDb.at(url, relations, issuers);
      case TOPAZ -> Topaz.at(url, policy, issuers);
      case AUTHZEN -> AuthZen.at(url);
    };
  }
}
