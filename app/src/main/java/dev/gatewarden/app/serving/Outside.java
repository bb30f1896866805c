package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.core.decision.Snapshots;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.KeyProofs;
import dev.gatewarden.core.identity.Sessions;
import dev.gatewarden.core.identity.TokenVerifier;
import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.gateway.identity.DpopProofs;
import dev.gatewarden.gateway.identity.IdentityToken;
import dev.gatewarden.gateway.identity.IssuerSettings;
import dev.gatewarden.gateway.identity.SigningKey;
import dev.gatewarden.gateway.identity.Workshop;
import dev.gatewarden.gateway.lookup.Fetch;
import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.state.FileSnapshots;
import dev.gatewarden.gateway.state.LocalBlocks;
import dev.gatewarden.gateway.state.LocalRelations;
import dev.gatewarden.gateway.state.LocalSessions;
import dev.gatewarden.gateway.transport.Transport;
import dev.gatewarden.gateway.walk.ApiSettings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/// The world around a running gate: issuers, services, and what is remembered between requests.
final class Outside implements Assembly.World, Closeable {
  private static final String NAME = "gatewarden";
  private static final int MOST_RELATIONS = 1_000_000;

  /// The share of the heap that sessions may take.
  private static final int SESSION_SHARE = 8;

  private final InstantSource clock;
  private final Blocks blocks;
  private final Sessions sessions;
  private final Relations relations = new LocalRelations(MOST_RELATIONS);
  private final Snapshots snapshots;
  private final Workshop workshop;
  private final SigningKey key;
  private final IdentityToken token;
  private final KeyProofs proofs;
  private final Transport transport;

  Outside(Reading reading, Options options, Transport transport) throws IOException {
    this.clock = options.clock();
    this.blocks = new LocalBlocks(clock);
    this.sessions = new LocalSessions(clock, Runtime.getRuntime().maxMemory() / SESSION_SHARE);
    this.transport = transport;
    Path state = state(reading, options);
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    this.snapshots = new FileSnapshots(state.resolve("snapshots"), clock);
    this.workshop = Workshop.open(state, clock, blocks, snapshots, threads);
    this.key = SigningKey.keptIn(state.resolve("identity.key"));
    this.proofs = new DpopProofs(workshop, key);
    this.token = new IdentityToken(NAME, key, workshop);
  }

  /// Where the gate keeps what it needs again: the folder named by `GATEWARDEN_STATE`, else
  /// `.gatewarden` beside the configuration.
  private static Path state(Reading reading, Options options) {
    String named = options.environment().get("GATEWARDEN_STATE");
    return named == null || named.isEmpty()
        ? reading.folder().resolve(".gatewarden")
        : Path.of(named).toAbsolutePath();
  }

  /// Where what is in force is kept.
  Snapshots snapshots() {
    return snapshots;
  }

  /// The public keys of the gate's own tokens (RFC 7517, section 5).
  String keys() {
    return key.jwks();
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  @Override
  public Blocks blocks() {
    return blocks;
  }

  @Override
  public Sessions sessions() {
    return sessions;
  }

  @Override
  public Relations relations() {
    return relations;
  }

  @Override
  public TokenVerifier verifier(IssuerSettings settings) {
    return workshop.verifier(settings);
  }

  @Override
  public KeyProofs proofs() {
    return proofs;
  }

  @Override
  public ApiSettings.TokenMint mint() {
    return token::of;
  }

  @Override
  public Fetch fetch(Upstreams upstreams, Api.UpstreamSettings settings) {
    return new Asked(transport, upstreams, settings.deadline());
  }

  @Override
  public void close() {
    workshop.close();
  }
}
