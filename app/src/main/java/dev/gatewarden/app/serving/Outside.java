package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.Secrets;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.decision.Snapshots;
import dev.gatewarden.core.identity.ApiKeys;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.CertificateVerifier;
import dev.gatewarden.core.identity.Exposure;
import dev.gatewarden.core.identity.KeyProofs;
import dev.gatewarden.core.identity.Sessions;
import dev.gatewarden.core.identity.TokenVerifier;
import dev.gatewarden.core.policy.DecisionPoint;
import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.gateway.authzen.OwnProofs;
import dev.gatewarden.gateway.decisionpoint.cedar.CedarPoint;
import dev.gatewarden.gateway.decisionpoint.cedar.CedarSettings;
import dev.gatewarden.gateway.decisionpoint.remote.RemotePoint;
import dev.gatewarden.gateway.decisionpoint.remote.RemoteSettings;
import dev.gatewarden.gateway.identity.DpopProofs;
import dev.gatewarden.gateway.identity.IdentityToken;
import dev.gatewarden.gateway.identity.IssuerSettings;
import dev.gatewarden.gateway.identity.IssuerTokenVerifier;
import dev.gatewarden.gateway.identity.OwnTokens;
import dev.gatewarden.gateway.identity.SigningKeys;
import dev.gatewarden.gateway.identity.Workshop;
import dev.gatewarden.gateway.identity.certificate.CertificateDesk;
import dev.gatewarden.gateway.identity.certificate.CertificateSettings;
import dev.gatewarden.gateway.identity.client.ClientTokens;
import dev.gatewarden.gateway.identity.exchange.ExchangeSettings;
import dev.gatewarden.gateway.identity.exchange.TokenExchange;
import dev.gatewarden.gateway.identity.introspection.IntrospectedTokens;
import dev.gatewarden.gateway.identity.introspection.IntrospectionSettings;
import dev.gatewarden.gateway.identity.introspection.SignedAnswers;
import dev.gatewarden.gateway.identity.status.DemandingVerifier;
import dev.gatewarden.gateway.identity.status.Demands;
import dev.gatewarden.gateway.keys.KeyRings;
import dev.gatewarden.gateway.keys.KeyStore;
import dev.gatewarden.gateway.keys.Pepper;
import dev.gatewarden.gateway.lookup.Credentials;
import dev.gatewarden.gateway.lookup.Fetch;
import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.session.SessionSection;
import dev.gatewarden.gateway.session.SessionSettings;
import dev.gatewarden.gateway.state.FileSnapshots;
import dev.gatewarden.gateway.transport.Transport;
import dev.gatewarden.gateway.walk.ApiSettings;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The world around a running gate: issuers, services, and what is remembered between requests.
final class Outside implements Assembly.World, Closeable {
  private static final String NAME = "gatewarden";

  private final InstantSource clock;
  private final Keeping keeping;
  private final Blocks blocks;
  private final Set<String> without;
  private final Map<String, IssuerTokenVerifier> issuers = new HashMap<>();
  private final List<IssuerTokenVerifier> weak = new CopyOnWriteArrayList<>();
  private final Snapshots snapshots;
  private final Workshop workshop;
  private final SigningKeys keys;
  private final IdentityToken token;
  private final KeyProofs proofs;
  private final CertificateDesk certificates;
  private final Transport transport;
  private final Path state;
  private final @Nullable KeyRings rings;
  private @Nullable Policing policing;

  Outside(Reading reading, Options options, Secrets secrets, Transport transport)
      throws IOException {
    this.clock = options.clock();
    this.transport = transport;
    Path state = StateFolder.of(reading, options.environment());
    this.state = state;
    this.keeping = Keeping.open(reading, secrets, state, clock);
    this.without = options.without();
    this.blocks =
        without.contains(UnheededBlocks.CONTROL)
            ? new UnheededBlocks(keeping.blocks())
            : keeping.blocks();
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    this.snapshots = new FileSnapshots(StateFolder.snapshots(state), clock);
    this.workshop = Workshop.open(state, clock, blocks, snapshots, threads);
    this.certificates = new CertificateDesk(clock, workshop.pool());
    this.keys = SigningKeys.keptIn(state, clock);
    this.proofs = new DpopProofs(workshop, keys.get());
    this.rings =
        reading.configuration().apiKeys().isEmpty()
            ? null
            : KeyRings.open(new KeyStore(keeping.shared(snapshots, clock), clock), clock);
    this.token = new IdentityToken(NAME, keys, workshop);
  }

  /// How the issued API keys stand; empty where no ring is configured.
  Map<String, Double> keyCounts() {
    return rings == null ? Map.of() : rings.counts();
  }

  /// What the gate remembers between requests.
  Keeping keeping() {
    return keeping;
  }

  /// Where what is in force is kept.
  Snapshots snapshots() {
    return snapshots;
  }

  /// The public keys of the gate's own tokens (RFC 7517, section 5).
  String keys() {
    return keys.jwks();
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
    return keeping.sessions();
  }

  @Override
  public Sessions answers() {
    return keeping.answers();
  }

  @Override
  public Relations relations() {
    return keeping.relations();
  }

  @Override
  public DecisionPoint policies(
      CedarSettings settings, Collection<Contract> contracts, Duration reload) {
    try {
      CedarPoint.unpackBelow(state.resolve("natives"));
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
    Policing opened = Policing.open(settings, contracts, relations(), reload);
    policing = opened;
    return opened.point();
  }

  @Override
  public DecisionPoint remote(RemoteSettings settings) {
    return new RemotePoint(settings, workshop.http(), clock, workshop.random());
  }

  /// The embedded policies; null where there are none.
  @Nullable Policing policing() {
    return policing;
  }

  @Override
  public ApiKeys keys(KeyRings.Ring ring) {
    return Objects.requireNonNull(rings).of(ring);
  }

  @Override
  public Pepper pepper() throws IOException {
    return Pepper.keptIn(StateFolder.pepper(state));
  }

  @Override
  public Exposure exposure() {
    return rings == null ? Exposure.NONE : rings;
  }

  @Override
  public TokenVerifier verifier(IssuerSettings settings, Demands demands) {
    IssuerTokenVerifier genuine = workshop.verifier(settings);
    issuers.put(settings.name(), genuine);
    if (settings.excuse().isAny()) {
      weak.add(genuine);
    }
    return new DemandingVerifier(genuine, demands.without(without), genuine, clock);
  }

  /// The issuers whose tokens prove less than they should, which an exception lets or let in.
  List<IssuerTokenVerifier> weak() {
    return weak;
  }

  /// The certificates that are looked after.
  CertificateDesk certificates() {
    return certificates;
  }

  @Override
  public CertificateVerifier certificates(CertificateSettings settings) throws IOException {
    return certificates.verifier(settings);
  }

  @Override
  public KeyProofs proofs() {
    return proofs;
  }

  @Override
  public TokenVerifier asking(
      IssuerSettings settings,
      IntrospectionSettings how,
      ServerAddress where,
      boolean signs,
      Demands demands) {
    IssuerTokenVerifier signed = signs ? workshop.verifier(settings) : null;
    if (signed != null) {
      issuers.put(settings.name(), signed);
    }
    TokenVerifier asked =
        new IntrospectedTokens(
            settings,
            how,
            where.endpoint("introspection_endpoint", workshop),
            signed,
            how.signed() && signed != null
                ? new SignedAnswers(settings, signed.signatures(), where.client().id())
                : null,
            workshop);
    return signed == null
        ? asked
        : new DemandingVerifier(asked, demands.without(without), signed, clock);
  }

  @Override
  public ApiSettings.TokenSwap exchange(
      ExchangeSettings settings, ServerAddress where, Presented presented) {
    TokenExchange exchange =
        new TokenExchange(settings, where.endpoint("token_endpoint", workshop), workshop);
    return forwarded ->
        switch (presented.proved(forwarded)
            ? exchange.of(forwarded.principal(), forwarded.lease(), presented.token(forwarded))
            : exchange.own()) {
          case TokenExchange.Outcome.Token(String token) -> new ApiSettings.Swapped.Token(token);
          case TokenExchange.Outcome.Failed(var why) -> new ApiSettings.Swapped.Failed(why);
        };
  }

  @Override
  public Credentials own(String name, Map<String, String> more, ServerAddress where) {
    ClientTokens tokens =
        new ClientTokens(name, where.endpoint("token_endpoint", workshop), more, clock);
    return _ -> {
      try {
        return Delegations.bearer(tokens.token());
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IOException("the gate is stopping", stopped);
      }
    };
  }

  @Override
  public SessionSection section(
      SessionSettings settings, TokenVerifier verifier, IssuerSettings issuer) {
    return SessionSection.of(
        settings,
        new SessionSection.World(
            verifier,
            signatures(issuer),
            keeping.sessions(),
            blocks,
            workshop::http,
            clock,
            workshop.random()));
  }

  private SessionSection.Signatures signatures(IssuerSettings issuer) {
    return issuers.computeIfAbsent(issuer.name(), _ -> workshop.verifier(issuer)).signatures()
        ::prove;
  }

  @Override
  public ApiSettings.TokenMint mint() {
    return token::of;
  }

  @Override
  public OwnProofs returned() {
    return new OwnTokens(NAME, keys, workshop)::prove;
  }

  @Override
  public Fetch fetch(Upstreams upstreams, Api.UpstreamSettings settings) {
    return new Asked(transport, upstreams, settings.deadline());
  }

  @Override
  public void close() throws IOException {
    Policing judging = policing;
    if (judging != null) {
      judging.close();
    }
    certificates.close();
    workshop.close();
    if (rings != null) {
      rings.close();
    }
    keeping.close();
  }
}
