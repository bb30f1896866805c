package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.identity.ApiKeys;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.CertificateVerifier;
import dev.gatewarden.core.identity.Exposure;
import dev.gatewarden.core.identity.KeyProofs;
import dev.gatewarden.core.identity.Secret;
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
import dev.gatewarden.gateway.identity.IssuerSignatures;
import dev.gatewarden.gateway.identity.certificate.CertificateSettings;
import dev.gatewarden.gateway.identity.certificate.CertificateTrust;
import dev.gatewarden.gateway.identity.exchange.ExchangeSettings;
import dev.gatewarden.gateway.identity.introspection.IntrospectionSettings;
import dev.gatewarden.gateway.identity.status.Demands;
import dev.gatewarden.gateway.keys.KeyRings;
import dev.gatewarden.gateway.keys.Pepper;
import dev.gatewarden.gateway.lookup.Credentials;
import dev.gatewarden.gateway.lookup.Fetch;
import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.session.SessionSection;
import dev.gatewarden.gateway.session.SessionSettings;
import dev.gatewarden.gateway.state.LocalBlocks;
import dev.gatewarden.gateway.state.LocalRelations;
import dev.gatewarden.gateway.state.LocalSessions;
import dev.gatewarden.gateway.walk.ApiSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.random.RandomGenerator;

/// A world in which nothing is reached: enough to assemble a gate and see what is wrong with it.
record Rehearsal(InstantSource clock) implements Assembly.World {

  @Override
  public Blocks blocks() {
    return new LocalBlocks(clock);
  }

  @Override
  public Sessions sessions() {
    return new LocalSessions(clock, 0);
  }

  @Override
  public Sessions answers() {
    return sessions();
  }

  @Override
  public Sessions logins() {
    return sessions();
  }

  @Override
  public Sessions steps() {
    return sessions();
  }

  @Override
  public Relations relations() {
    return new LocalRelations(1);
  }

  @Override
  public DecisionPoint policies(
      CedarSettings settings, Collection<Contract> contracts, Duration reload) {
    return CedarPoint.load(settings, contracts, relations(), ForkJoinPool.commonPool());
  }

  @Override
  public DecisionPoint remote(RemoteSettings settings) {
    return new RemotePoint(
        settings, HttpClient.newHttpClient(), clock, RandomGenerator.getDefault());
  }

  @Override
  public ApiKeys keys(KeyRings.Ring ring) {
    return _ -> new ApiKeys.Verification.Refused(ApiKeys.Fault.UNKNOWN);
  }

  @Override
  public Pepper pepper() {
    return Pepper.of(Secret.of("a rehearsal digests nothing"));
  }

  @Override
  public Exposure exposure() {
    return Exposure.NONE;
  }

  @Override
  public TokenVerifier verifier(IssuerSettings settings, Demands demands) {
    return (_, _) -> new TokenVerifier.Verification.Refused(TokenVerifier.Fault.KEYS_UNAVAILABLE);
  }

  @Override
  public CertificateVerifier certificates(CertificateSettings settings) throws IOException {
    CertificateTrust.check(settings);
    return _ -> new CertificateVerifier.Verification.Refused(CertificateVerifier.Fault.UNTRUSTED);
  }

  @Override
  public KeyProofs proofs() {
    return KeyProofs.NONE;
  }

  @Override
  public TokenVerifier asking(
      IssuerSettings settings,
      IntrospectionSettings how,
      ServerAddress where,
      boolean signs,
      Demands demands) {
    return verifier(settings, demands);
  }

  @Override
  public ApiSettings.TokenSwap exchange(
      ExchangeSettings settings, ServerAddress where, Presented presented) {
    return _ -> new ApiSettings.Swapped.Token("");
  }

  @Override
  public Credentials own(String name, Map<String, String> more, ServerAddress where) {
    return _ -> List.of();
  }

  @Override
  public SessionSection section(
      SessionSettings settings, TokenVerifier verifier, IssuerSettings issuer) {
    return SessionSection.of(
        settings,
        new SessionSection.World(
            verifier,
            _ -> new IssuerSignatures.Proved.Refused(TokenVerifier.Fault.KEYS_UNAVAILABLE),
            sessions(),
            blocks(),
            () -> {
              throw new GatewardenBug("nothing is asked in a rehearsal");
            },
            clock,
            RandomGenerator.getDefault()));
  }

  @Override
  public ApiSettings.TokenMint mint() {
    return (_, _, _) -> "";
  }

  @Override
  public OwnProofs returned() {
    return (_, _) -> null;
  }

  @Override
  public Fetch fetch(Upstreams upstreams, Api.UpstreamSettings settings) {
    return (_, _) -> {
      throw new IOException("nothing is asked in a rehearsal");
    };
  }
}
