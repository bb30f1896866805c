package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.core.contract.Contract;
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
import dev.gatewarden.gateway.identity.IssuerSettings;
import dev.gatewarden.gateway.identity.IssuerTokenVerifier;
import dev.gatewarden.gateway.identity.OwnTokens;
import dev.gatewarden.gateway.identity.Workshop;
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
import dev.gatewarden.gateway.keys.Pepper;
import dev.gatewarden.gateway.lookup.Credentials;
import dev.gatewarden.gateway.lookup.Fetch;
import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.session.SessionSection;
import dev.gatewarden.gateway.session.SessionSettings;
import dev.gatewarden.gateway.walk.ApiSettings;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The world around one generation of a running gate: issuers, services, and what is remembered
/// between requests.
final class Outside implements Assembly.World, Closeable {
  private final Ground ground;
  private @Nullable Outside before;
  private final InstantSource clock;
  private final Blocks blocks;
  private final Workshop workshop;
  private final Map<String, Known> issuers = new HashMap<>();
  private final List<IssuerTokenVerifier> weak = new CopyOnWriteArrayList<>();
  private final List<CertificateVerifier> certificates = new ArrayList<>();
  private final List<KeyRings.Ring> rings = new ArrayList<>();
  private @Nullable Policing policing;

  /// Who proves the tokens of an issuer, by which settings.
  private record Known(IssuerSettings settings, IssuerTokenVerifier verifier) {}

  /// @param before the world of the generation that this one is to follow: what it knows of issuers
  ///     about whom nothing changed is known here too; null for the first
  Outside(Ground ground, @Nullable Outside before) {
    this.ground = ground;
    this.before = before;
    this.clock = ground.clock();
    this.blocks = ground.blocks();
    this.workshop = ground.workshop();
  }

  /// What outlives this generation.
  Ground ground() {
    return ground;
  }

  /// The rings of API keys that it serves.
  List<KeyRings.Ring> rings() {
    return rings;
  }

  /// Everything it takes was asked for: what went before is needed no more.
  void made() {
    before = null;
  }

  private IssuerTokenVerifier known(IssuerSettings settings) {
    Known here = issuers.get(settings.name());
    if (here != null && here.settings.equals(settings)) {
      return here.verifier;
    }
    Known there = before == null ? null : before.issuers.get(settings.name());
    IssuerTokenVerifier verifier =
        there != null && there.settings.equals(settings)
            ? there.verifier
            : workshop.verifier(settings);
    issuers.put(settings.name(), new Known(settings, verifier));
    return verifier;
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
    return ground.keeping().sessions();
  }

  @Override
  public Sessions answers() {
    return ground.keeping().answers();
  }

  @Override
  public Sessions logins() {
    return ground.keeping().logins();
  }

  @Override
  public Sessions steps() {
    return ground.keeping().steps();
  }

  @Override
  public Relations relations() {
    return ground.keeping().relations();
  }

  @Override
  public DecisionPoint policies(
      CedarSettings settings, Collection<Contract> contracts, Duration reload) {
    try {
      CedarPoint.unpackBelow(ground.state().resolve("natives"));
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
    ApiKeys keys = ground.rings().of(ring);
    rings.add(ring);
    return keys;
  }

  @Override
  public Pepper pepper() throws IOException {
    return Pepper.keptIn(StateFolder.pepper(ground.state()));
  }

  @Override
  public Exposure exposure() {
    return ground.exposure();
  }

  @Override
  public TokenVerifier verifier(IssuerSettings settings, Demands demands) {
    IssuerTokenVerifier genuine = known(settings);
    if (settings.excuse().isAny()) {
      weak.add(genuine);
    }
    return new DemandingVerifier(genuine, demands.without(ground.without()), genuine, clock);
  }

  /// The issuers whose tokens prove less than they should, which an exception lets or let in.
  List<IssuerTokenVerifier> weak() {
    return weak;
  }

  @Override
  public CertificateVerifier certificates(CertificateSettings settings) throws IOException {
    CertificateVerifier verifier = ground.certificates().verifier(settings);
    certificates.add(verifier);
    return verifier;
  }

  @Override
  public KeyProofs proofs() {
    return ground.proofs();
  }

  @Override
  public TokenVerifier asking(
      IssuerSettings settings,
      IntrospectionSettings how,
      ServerAddress where,
      boolean signs,
      Demands demands) {
    IssuerTokenVerifier signed = signs ? known(settings) : null;
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
        : new DemandingVerifier(asked, demands.without(ground.without()), signed, clock);
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
            ground.keeping().sessions(),
            blocks,
            workshop::http,
            clock,
            workshop.random()));
  }

  private SessionSection.Signatures signatures(IssuerSettings issuer) {
    Known known = issuers.get(issuer.name());
    return (known == null ? known(issuer) : known.verifier).signatures()::prove;
  }

  @Override
  public ApiSettings.TokenMint mint() {
    return ground.token()::of;
  }

  @Override
  public OwnProofs returned() {
    return new OwnTokens(ground.name(), ground.keys(), workshop)::prove;
  }

  @Override
  public Set<String> without() {
    return ground.without();
  }

  @Override
  public Fetch fetch(Upstreams upstreams, Api.UpstreamSettings settings) {
    return new Asked(ground.transport(), upstreams, settings.deadline());
  }

  /// Closes what this generation alone opened.
  @Override
  public void close() {
    Policing judging = policing;
    if (judging != null) {
      judging.close();
    }
    certificates.forEach(ground.certificates()::forget);
  }
}
