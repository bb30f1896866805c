package dev.gatewarden.app.serving;

import dev.gatewarden.app.admin.Door;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.contracts.Contracts;
import dev.gatewarden.app.relations.RelationDesk;
import dev.gatewarden.gateway.authzen.AuthzenGate;
import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.walk.OpenGate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One generation of a gate, made aside: everything that its configuration asks for, not yet in
/// force.
///
/// @param inputs the files it was made of
/// @param services where its APIs run
/// @param asked who answers services; null where nobody does
/// @param door who operates it
/// @param at when it was made
record Made(
    Reading reading,
    Contracts contracts,
    InputFiles inputs,
    Outside outside,
    OpenGate gate,
    List<Upstreams> services,
    @Nullable AuthzenGate asked,
    Door door,
    Revocations revocations,
    RelationDesk relations,
    Instant at) {

  /// Its name, as decision lines say it.
  String name() {
    return gate.era().name();
  }
}
