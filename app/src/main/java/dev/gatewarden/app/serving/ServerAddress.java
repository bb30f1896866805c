package dev.gatewarden.app.serving;

import dev.gatewarden.gateway.identity.Reachable;
import dev.gatewarden.gateway.identity.Workshop;
import dev.gatewarden.gateway.identity.client.ClientCredential;
import dev.gatewarden.gateway.identity.client.Endpoint;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where an authorization server is asked, and by which of its clients.
///
/// @param url the endpoint; null where the issuer's metadata name it
/// @param deadline for one question
record ServerAddress(URI issuer, @Nullable URI url, ClientCredential client, Duration deadline) {

  ServerAddress {
    Reachable.orThrow(url == null ? issuer : url);
  }

  /// The endpoint that the metadata call so.
  Endpoint endpoint(String member, Workshop workshop) {
    return new Endpoint(workshop, issuer, member, url, client, deadline);
  }
}
