package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.Configuration;
import dev.gatewarden.app.configuration.DecisionPort;
import dev.gatewarden.app.configuration.Places;
import dev.gatewarden.app.configuration.ReadAs;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.SecretReference;
import dev.gatewarden.app.configuration.Secrets;
import dev.gatewarden.app.configuration.State;
import dev.gatewarden.app.contracts.Contracts;
import dev.gatewarden.app.contracts.Tenants;
import dev.gatewarden.controls.guards.Ports;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Flows;
import dev.gatewarden.core.contract.Mask;
import dev.gatewarden.core.contract.Masks;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.decision.Steps;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.identity.ApiKeys;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.CertificateVerifier;
import dev.gatewarden.core.identity.Exposure;
import dev.gatewarden.core.identity.KeyProofs;
import dev.gatewarden.core.identity.Pseudonyms;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.core.identity.Sessions;
import dev.gatewarden.core.identity.TokenVerifier;
import dev.gatewarden.core.login.LoginRoute;
import dev.gatewarden.core.login.Regulars;
import dev.gatewarden.core.opaque.OpaqueIds;
import dev.gatewarden.core.policy.DecisionPoint;
import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.gateway.authzen.AuthzenGate;
import dev.gatewarden.gateway.authzen.OwnProofs;
import dev.gatewarden.gateway.decisionpoint.cedar.CedarSettings;
import dev.gatewarden.gateway.decisionpoint.remote.RemoteSettings;
import dev.gatewarden.gateway.flow.KeptSteps;
import dev.gatewarden.gateway.identity.IssuerSettings;
import dev.gatewarden.gateway.identity.certificate.CertificateSettings;
import dev.gatewarden.gateway.identity.exchange.ExchangeSettings;
import dev.gatewarden.gateway.identity.introspection.IntrospectionSettings;
import dev.gatewarden.gateway.identity.status.Demands;
import dev.gatewarden.gateway.keys.KeyRings;
import dev.gatewarden.gateway.keys.Pepper;
import dev.gatewarden.gateway.login.KeptRegulars;
import dev.gatewarden.gateway.lookup.Credentials;
import dev.gatewarden.gateway.lookup.Fetch;
import dev.gatewarden.gateway.lookup.ServiceLookups;
import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.repeat.KeptAnswers;
import dev.gatewarden.gateway.session.SessionSection;
import dev.gatewarden.gateway.session.SessionSettings;
import dev.gatewarden.gateway.walk.ApiSettings;
import dev.gatewarden.gateway.walk.GateSettings;
import dev.gatewarden.gateway.walk.OpenGate;
import dev.gatewarden.gateway.walk.OwnRoute;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// From what the operator wrote to what the rooms take: one `ApiSettings` for each API.
final class Assembly {
  private final Reading reading;
  private final Contracts contracts;
  /// As many hexadecimal digits keep values apart.
  private static final int DIGEST = 24;

  private final World world;
  private final List<Problem> problems = new ArrayList<>();
  private final Secrets secrets;
  private final LocalDate today;
  private List<ApiSettings> served = List.of();
  private @Nullable Provers proving;

  /// What the APIs ask of the world around them.
  interface World {
    InstantSource clock();

    Blocks blocks();

    /// What browser sessions and issued tokens leave behind; each section begins its keys with its
    /// own name.
    Sessions sessions();

    /// What repeats of requests are answered.
    Sessions answers();

    /// Who has logged in well before.
    Sessions logins();

    /// Which steps of business flows were done.
    Sessions steps();

    Relations relations();

    /// The embedded decision point; its files are looked at again every so often.
    ///
    /// @param contracts of the APIs that decide by it
    /// @throws ProblemsException with everything that is wrong with the policies
    DecisionPoint policies(CedarSettings settings, Collection<Contract> contracts, Duration reload);

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

    /// The verifier of one issuer that is asked about tokens.
    ///
    /// @param signs whether it signs some of them, so that its keys are fetched
    TokenVerifier asking(
        IssuerSettings settings,
        IntrospectionSettings how,
        ServerAddress where,
        boolean signs,
        Demands demands);

    /// A decision point of others.
    ///
    /// @throws IllegalArgumentException when its address may not be asked
    DecisionPoint remote(RemoteSettings settings);

    /// Exchanges callers' tokens for those of one service.
    ///
    /// @param presented finds the tokens that proved them
    ApiSettings.TokenSwap exchange(
        ExchangeSettings settings, ServerAddress where, Presented presented);

    /// The line by which the gate proves itself in its own name.
    ///
    /// @param more parameters beside the grant
    Credentials own(String name, Map<String, String> more, ServerAddress where);

    /// A section of browser sessions.
    ///
    /// @param verifier judges access tokens of the issuer
    SessionSection section(SessionSettings settings, TokenVerifier verifier, IssuerSettings issuer);

    /// Signs what an upstream learns of the caller.
    ApiSettings.TokenMint mint();

    /// Proves those tokens when a service brings them back.
    OwnProofs returned();

    /// The parts of the gate that are taken away, to show that they are missed.
    default Set<String> without() {
      return Set.of();
    }

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
    served = apis;
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

  /// Where the services of the gate that was made before run.
  List<Upstreams> services() {
    return served.stream().map(ApiSettings::upstreams).toList();
  }

  /// The port on which services ask about the APIs of the gate that was made before; null where
  /// there is none.
  ///
  /// @param url by which services know the gate
  @Nullable AuthzenGate questions(GateSettings settings, Supplier<String> url) {
    DecisionPort port = reading.configuration().listen().decisions();
    Provers provers = proving;
    return port == null || provers == null
        ? null
        : new Questions(reading.configuration(), port)
            .gate(settings, served, provers, world.returned(), url);
  }

  private List<ApiSettings> apis() {
    Configuration configuration = reading.configuration();
    Making making = new Making(reading, secrets, world, problems);
    Provers provers = new Provers(making);
    proving = provers;
    DecisionPoints points = new DecisionPoints(making, contracts.byApi());
    OpaqueIds opaque = OpaqueKeys.of(making, contracts.byApi().values());
    List<ApiSettings> all = new ArrayList<>();
    contracts
        .byApi()
        .forEach(
            (name, contract) -> {
              Api api = java.util.Objects.requireNonNull(configuration.apis().get(name));
              all.add(
                  api(
                      name,
                      api,
                      contract,
                      provers,
                      points,
                      new Tuned(configuration, today),
                      opaque));
            });
    return all;
  }

  private ApiSettings api(
      String name,
      Api api,
      Contract contract,
      Provers provers,
      DecisionPoints points,
      ApiSettings.Tuning tuning,
      @Nullable OpaqueIds opaque) {
    Upstreams upstreams = Services.of(name, api.upstream(), world.without());
    String basePath = contract.servers().getFirst().basePath();
    ApiSettings.Identity identity = identity(name, api, contract, provers);
    reader(name, api, contract);
    Ports ports =
        new Ports(
            world.clock(),
            provers.of(api),
            new ServiceLookups(
                contract,
                world.fetch(upstreams, api.upstream()),
                basePath,
                credentials(name, api, identity),
                problems),
            world.relations(),
            world.blocks(),
            world.exposure(),
            points.of(api),
            points.zones(),
            pseudonyms(api, contract),
            new Tenants(reading, name, api, contract, today).vouching(),
            new KeptAnswers(world.answers(), new SecureRandom()),
            regulars(contract),
            steps(contract));
    return new ApiSettings(
        contract,
        api.at().host(),
        api.at().path(),
        upstreams,
        basePath,
        Services.timing(api),
        identity,
        ports,
        tuning,
        own(api, contract, provers),
        strip(api),
        opaque);
  }

  /// What is remembered of business flows, where the contract has any.
  private Steps steps(Contract contract) {
    if (!Flows.any(contract)) {
      return Steps.NONE;
    }
    State state = reading.configuration().state();
    if (state.redis() != null && state.pepper() == null) {
      problems.add(
          new Problem(
              Places.nearest(reading.source(), "state").place(),
              "`state` has no `pepper`, and `"
                  + contract.api()
                  + "` has business flows: a step done at one gate is not known at another",
              "write `pepper: env:NAME`, the same for every gate"));
      return Steps.NONE;
    }
    try {
      return new KeptSteps(world.steps(), pepper(), new SecureRandom());
    } catch (IOException | IllegalArgumentException wrong) {
      problems.add(
          new Problem(
              Places.nearest(reading.source(), "state", "pepper").place(),
              "business flows need the gate's secret: " + wrong.getMessage(),
              "let the gate write its state folder, or write `pepper: env:NAME`"));
      return Steps.NONE;
    }
  }

  /// Digests that stand in the place of values, where the contract or a guard wants any.
  private Pseudonyms pseudonyms(Api api, Contract contract) {
    boolean told = DistinctObjects.counted(api);
    if (!told && !Masks.used(contract, Mask.HASH)) {
      return Pseudonyms.NONE;
    }
    try {
      Pepper pepper = pepper();
      return (of, value) -> pepper.hex("mask\0" + of + "\0" + value).substring(0, DIGEST);
    } catch (IOException | IllegalArgumentException wrong) {
      problems.add(
          new Problem(
              contract.source().place(),
              (told ? "`distinct-objects`" : "`mask: hash`")
                  + " needs the gate's secret: "
                  + wrong.getMessage(),
              "let the gate write its state folder, or name one in `state: {pepper: env:PEPPER}`"));
      return Pseudonyms.NONE;
    }
  }

  /// Who has logged in before, where callers log in at all.
  private Regulars regulars(Contract contract) {
    if (!LoginRoute.any(contract)) {
      return Regulars.NONE;
    }
    State state = reading.configuration().state();
    if (state.redis() != null && state.pepper() == null) {
      problems.add(
          new Problem(
              Places.nearest(reading.source(), "state").place(),
              "`state` has no `pepper`, and callers log in at `"
                  + contract.api()
                  + "`: each gate would count their guesses for itself",
              "write `pepper: env:NAME`, the same for every gate"));
      return Regulars.NONE;
    }
    try {
      Pepper pepper = pepper();
      String prefix = "login\0" + contract.api() + "\0";
      return new KeptRegulars(
          world.logins(), name -> pepper.hex(prefix + name).substring(0, DIGEST), world.clock());
    } catch (IOException | IllegalArgumentException wrong) {
      problems.add(
          new Problem(
              contract.source().place(),
              "logins are counted by digests, which need the gate's secret: " + wrong.getMessage(),
              "let the gate write its state folder, or name one in `state: {pepper: env:PEPPER}`"));
      return Regulars.NONE;
    }
  }

  /// The secret of digests: that of all gates, or this one's own.
  ///
  /// @throws IllegalArgumentException when it is too short
  private Pepper pepper() throws IOException {
    SecretReference shared = reading.configuration().state().pepper();
    return shared == null ? world.pepper() : Pepper.of(secrets.read(shared));
  }

  private static Set<String> strip(Api api) {
    Set<String> names = new HashSet<>();
    for (String name : api.upstream().strip()) {
      names.add(name.toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    return names;
  }

  private List<OwnRoute> own(Api api, Contract contract, Provers provers) {
    List<OwnRoute> own = new ArrayList<>(provers.own(api));
    own.addAll(Published.of(api, contract, reading.configuration().issuers()));
    return own;
  }

  private ApiSettings.Identity identity(String name, Api api, Contract contract, Provers provers) {
    Api.Identity identity = api.upstream().identity();
    if (identity.exchanges()) {
      Presented presented =
          Presented.of(reading.configuration(), api, identity.exchange(), provers.of(api));
      return new ApiSettings.Identity.Exchanged(
          delegations().exchange(name, identity, contract, presented));
    }
    if (identity.equals(Api.Identity.SIGNED)) {
      return new ApiSettings.Identity.Signed(world.mint());
    }
    return identity.equals(Api.Identity.FORWARD)
        ? new ApiSettings.Identity.Forward()
        : new ApiSettings.Identity.None();
  }

  private Delegations delegations() {
    return new Delegations(new Making(reading, secrets, world, problems));
  }

  /// The gate signs only for callers who were proved: whom a service merely names, nothing is
  /// looked up for by a token that names them.
  private void reader(String name, Api api, Contract contract) {
    DecisionPort port = reading.configuration().listen().decisions();
    if (port == null
        || !api.upstream().identity().equals(Api.Identity.SIGNED)
        || api.upstream().readAs() != null
        || contract.types().values().stream().noneMatch(ObjectType::lookedUp)) {
      return;
    }
    port.askers()
        .forEach(
            (asker, service) -> {
              if (service.states().issuer() != null && service.apis().contains(name)) {
                problems.add(
                    new Problem(
                        Places.nearest(reading.source(), "apis", name, "upstream").place(),
                        "`"
                            + asker
                            + "` may name callers without their token, and the gate would look"
                            + " objects up by a token of its own that names them",
                        "say by what the gate itself looks them up: `read-as: env:READER`"));
              }
            });
  }

  /// By what the gate proves itself when it looks an object up: its own reader token, else its word
  /// for the caller.
  private Credentials credentials(String name, Api api, ApiSettings.Identity identity) {
    ReadAs reader = api.upstream().readAs();
    if (reader != null && reader.clientCredentials() != null) {
      return delegations()
          .own(
              reader.clientCredentials(),
              "apis",
              name,
              "upstream",
              "read-as",
              "client-credentials");
    }
    Secret token = reader == null || reader.token() == null ? null : read(name, reader.token());
    if (token != null) {
      List<Reply.Line> lines =
          Delegations.bearer(new String(token.revealed(), StandardCharsets.UTF_8));
      return _ -> lines;
    }
    return switch (identity) {
      case ApiSettings.Identity.Signed(ApiSettings.TokenMint mint) ->
          exchange -> Delegations.bearer(mint.token(exchange.principal(), exchange.lease(), name));
      case ApiSettings.Identity.Exchanged(ApiSettings.TokenSwap swap) ->
          exchange ->
              switch (swap.token(exchange)) {
                case ApiSettings.Swapped.Token(String text) -> Delegations.bearer(text);
                case ApiSettings.Swapped.Failed(var why) -> throw new IOException(why.code());
              };
      case ApiSettings.Identity.Forward() ->
          exchange -> {
            String own = exchange.request().headers().first("authorization");
            return own == null ? List.of() : List.of(new Reply.Line("authorization", own));
          };
      case ApiSettings.Identity.None() -> _ -> List.of();
    };
  }

  private @Nullable Secret read(String name, SecretReference reference) {
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
