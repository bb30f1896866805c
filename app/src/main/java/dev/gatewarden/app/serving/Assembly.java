package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.Configuration;
import dev.gatewarden.app.configuration.Places;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.Secrets;
import dev.gatewarden.app.contracts.Contracts;
import dev.gatewarden.controls.guards.Ports;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.identity.ApiKeys;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.CertificateVerifier;
import dev.gatewarden.core.identity.Exposure;
import dev.gatewarden.core.identity.KeyProofs;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.core.identity.Sessions;
import dev.gatewarden.core.identity.TokenVerifier;
import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.gateway.identity.IssuerSettings;
import dev.gatewarden.gateway.identity.status.Demands;
import dev.gatewarden.gateway.identity.certificate.CertificateSettings;
import dev.gatewarden.gateway.keys.KeyRings;
import dev.gatewarden.gateway.keys.Pepper;
import dev.gatewarden.gateway.lookup.Fetch;
import dev.gatewarden.gateway.lookup.ServiceLookups;
import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.walk.ApiSettings;
import dev.gatewarden.gateway.walk.GateSettings;
import dev.gatewarden.gateway.walk.OpenGate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// From what the operator wrote to what the rooms take: one `ApiSettings` for each API.
final class Assembly {
  private final Reading reading;
  private final Contracts contracts;
  private final World world;
  private final List<Problem> problems = new ArrayList<>();
  private final Secrets secrets;
  private final LocalDate today;

  /// What the APIs ask of the world around them.
  interface World {
    InstantSource clock();

    Blocks blocks();

    /// What browser sessions and issued tokens leave behind; each section begins its keys with its
    /// own name.
    Sessions sessions();

    Relations relations();

    /// The issued keys of one ring.
    ApiKeys keys(KeyRings.Ring ring);

    /// The pepper of rings that name none.
    ///
    /// @throws IOException when it can be neither read nor made
    Pepper pepper() throws IOException;

    /// Who is told of API keys in addresses.
    Exposure exposure();

    /// The verifier of one issuer.
    ///
    /// @param demands what is asked of its tokens beside being genuine
    TokenVerifier verifier(IssuerSettings settings, Demands demands);

    /// Proves client certificates by one bundle.
    ///
    /// @throws IOException when its files cannot be read; the message is for the operator
    CertificateVerifier certificates(CertificateSettings settings) throws IOException;

    /// Reads proofs of possession.
    KeyProofs proofs();

    /// Signs what an upstream learns of the caller.
    ApiSettings.TokenMint mint();

    /// The way to one API's service, for look-ups.
    Fetch fetch(Upstreams upstreams, Api.UpstreamSettings settings);
  }

  Assembly(Reading reading, Contracts contracts, Secrets secrets, World world, LocalDate today) {
    this.reading = reading;
    this.contracts = contracts;
    this.secrets = secrets;
    this.world = world;
    this.today = today;
  }

  /// The gate for all of them.
  ///
  /// @throws ProblemsException with everything that keeps it from serving
  OpenGate gate(GateSettings settings) {
    List<ApiSettings> apis = apis();
    if (problems.isEmpty()) {
      return new OpenGate(settings, apis);
    }
    try {
      var unused = new OpenGate(settings, apis);
    } catch (ProblemsException more) {
      problems.addAll(more.problems());
    }
    throw new ProblemsException(problems);
  }

  private List<ApiSettings> apis() {
    Configuration configuration = reading.configuration();
    Provers provers = new Provers(new Making(reading, secrets, world, problems));
    List<ApiSettings> all = new ArrayList<>();
    contracts
        .byApi()
        .forEach(
            (name, contract) -> {
              Api api = java.util.Objects.requireNonNull(configuration.apis().get(name));
              all.add(api(name, api, contract, provers, new Tuned(configuration, today)));
            });
    return all;
  }

  private ApiSettings api(
      String name, Api api, Contract contract, Provers provers, ApiSettings.Tuning tuning) {
    Upstreams upstreams = upstreams(name, api.upstream());
    String basePath = contract.servers().getFirst().basePath();
    Ports ports =
        new Ports(
            world.clock(),
            provers.of(api),
            new ServiceLookups(
                contract,
                world.fetch(upstreams, api.upstream()),
                basePath,
                credentials(name, api),
                problems),
            world.relations(),
            world.blocks(),
            world.exposure());
    return new ApiSettings(
        contract,
        api.at().host(),
        api.at().path(),
        upstreams,
        basePath,
        api.upstream().deadline(),
        identity(api.upstream().identity()),
        ports,
        tuning,
        provers.own(api));
  }

  private static Upstreams upstreams(String name, Api.UpstreamSettings settings) {
    List<Upstreams.Place> places = new ArrayList<>();
    for (URI to : settings.to()) {
      boolean tls = to.getScheme().equals("https");
      int port = to.getPort() < 0 ? (tls ? 443 : 80) : to.getPort();
      String host = to.getHost();
      String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
      places.add(
          new Upstreams.Place(
              InetSocketAddress.createUnresolved(plain, port), tls, to.getRawAuthority()));
    }
    return new Upstreams(name, places, settings.protocol() == Api.Protocol.H2C);
  }

  private ApiSettings.Identity identity(Api.Identity identity) {
    return switch (identity) {
      case SIGNED -> new ApiSettings.Identity.Signed(world.mint());
      case FORWARD -> new ApiSettings.Identity.Forward();
      case NONE -> new ApiSettings.Identity.None();
    };
  }

  /// By what the gate proves itself when it looks an object up: its own reader token, else its word
  /// for the caller.
  private Function<Exchange, List<Reply.Line>> credentials(String name, Api api) {
    Secret reader = reader(name, api);
    if (reader != null) {
      String value = "Bearer " + new String(reader.revealed(), StandardCharsets.UTF_8);
      List<Reply.Line> lines = List.of(new Reply.Line("authorization", value));
      return _ -> lines;
    }
    return switch (api.upstream().identity()) {
      case SIGNED -> {
        ApiSettings.TokenMint mint = world.mint();
        yield exchange ->
            List.of(
                new Reply.Line(
                    "authorization",
                    "Bearer " + mint.token(exchange.principal(), exchange.lease(), name)));
      }
      case FORWARD ->
          exchange -> {
            String own = exchange.request().headers().first("authorization");
            return own == null ? List.of() : List.of(new Reply.Line("authorization", own));
          };
      case NONE -> _ -> List.of();
    };
  }

  private @Nullable Secret reader(String name, Api api) {
    var reference = api.upstream().readAs();
    if (reference == null) {
      return null;
    }
    try {
      return secrets.read(reference);
    } catch (IOException absent) {
      problems.add(
          new Problem(
              Places.nearest(reading.source(), "apis", name, "upstream", "read-as").place(),
              String.valueOf(absent.getMessage())));
      return null;
    }
  }
}
