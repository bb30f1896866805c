package dev.gatewarden.gateway.walk;

import dev.gatewarden.controls.guards.response.Preflight;
import dev.gatewarden.core.canon.Ambiguity;
import dev.gatewarden.core.canon.FieldReader;
import dev.gatewarden.core.canon.Host;
import dev.gatewarden.core.canon.OneReading;
import dev.gatewarden.core.canon.PathReader;
import dev.gatewarden.core.canon.PromisedFields;
import dev.gatewarden.core.canon.TargetReader;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Mount;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Routes;
import dev.gatewarden.core.contract.Routing;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.contract.TenantRule;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ExchangeId;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.exchange.Target;
import dev.gatewarden.core.identity.KeyText;
import dev.gatewarden.gateway.binder.Binders;
import dev.gatewarden.gateway.binder.normal.HeadNormalization;
import dev.gatewarden.gateway.binder.opaque.OpaqueTypes;
import dev.gatewarden.gateway.ledger.Issuance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Everything in force at one time: the APIs, who judges them, where requests are routed.
/// Immutable; a reload makes a new one.
final class Generation {
  /// What a test leaves out to see what opaque ids are worth.
  private static final String OPAQUE = "opaque-ids";

  private final GateSettings settings;
  private final Routes routes;
  private final Map<String, Service> services = new LinkedHashMap<>();

  private final OwnCookies cookies;
  private final OwnRoutes own = new OwnRoutes();

  private final TrustedFront front;

  /// Whether a test wants to see what the one reading is worth.
  private final boolean lenient;

  /// Whether a test wants to see what it is worth to look again at callers whose requests go on.
  private final boolean trusting;

  /// Whether any operation has path parameters in the style `matrix`.
  private boolean matrix;

  /// @throws ProblemsException with everything that keeps the APIs from being served
  Generation(GateSettings settings, List<ApiSettings> apis) {
    this.settings = settings;
    this.cookies = OwnCookies.of(apis);
    this.lenient = settings.without().contains(Ambiguity.CONTROL);
    this.trusting = settings.without().contains(Tenure.CONTROL);
    this.front = new TrustedFront(settings.trust(), settings.forwardedCertificates());
    List<Problem> problems = new ArrayList<>();
    List<Mount> mounts = new ArrayList<>();
    for (ApiSettings api : apis) {
      Service service = service(api, problems);
      services.put(api.contract().api(), service);
      matrix |= api.contract().operations().stream().anyMatch(MatrixPaths::has);
      mounts.add(new Mount(api.contract(), api.host() == null ? "" : api.host(), api.path()));
    }
    services.values().forEach(service -> own.add(service, problems));
    this.routes = routes(mounts, problems);
    own.refuseShadows(routes, problems);
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
  }

  private static Routes routes(List<Mount> mounts, List<Problem> problems) {
    try {
      Routes routes = new Routes(mounts);
      if (problems.isEmpty()) {
        return routes;
      }
    } catch (ProblemsException fault) {
      problems.addAll(fault.problems());
    }
    throw new ProblemsException(problems);
  }

  private Service service(ApiSettings api, List<Problem> problems) {
    Binders binders =
        Binders.compile(
            api.contract(),
            new ReadingManners(api, settings.ceilings()),
            settings.without().contains(OPAQUE)
                ? OpaqueTypes.NONE
                : OpaqueTypes.of(api.contract(), api.opaqueIds(), problems),
            problems);
    Seating seating = new Seating(api, settings.without(), settings.conformity());
    List<Operation> operations = api.contract().operations();
    Service.Place[] places = new Service.Place[operations.size()];
    for (Operation operation : operations) {
      Seating.Seated seated = seating.seat(operation);
      places[operation.index()] =
          new Service.Place(
              operation.id().toString(),
              seated.plan(),
              settings.metrics().route(operation),
              seated.rawBody(),
              seated.readsBody(),
              operation.responses().byStatus().containsKey("101"),
              fields(api.contract(), operation),
              seating.track(operation),
              api.tuning().priority(operation),
              Issuance.of(api.contract(), operation, api.ports().provers()));
    }
    return new Service(api, binders, places, settings.claims(), cookies);
  }

  private static PromisedFields fields(Contract contract, Operation operation) {
    List<String> names = new ArrayList<>();
    for (SecurityScheme scheme : contract.schemes().values()) {
      if (scheme.kind() instanceof SecurityScheme.ApiKey(Parameter.In in, String name)
          && in == Parameter.In.HEADER) {
        names.add(name);
      }
    }
    for (Parameter parameter : operation.parameters()) {
      if (parameter.in() == Parameter.In.HEADER) {
        names.add(parameter.name());
      }
    }
    TenantRule tenant = operation.tenant();
    if (tenant != null) {
      tenant.also().forEach(place -> header(place, names));
    }
    return new PromisedFields(names);
  }

  private static void header(Selector place, List<String> names) {
    if (place instanceof Selector.Header(String name)) {
      names.add(name);
    }
  }

  /// What is between browsers and the gate alone.
  OwnCookies cookies() {
    return cookies;
  }

  /// Whether a caller who was proved once may go on for ever.
  boolean trusting() {
    return trusting;
  }

  GateSettings settings() {
    return settings;
  }

  List<InForce> inForce() {
    List<InForce> all = new ArrayList<>();
    for (Service service : services.values()) {
      for (Operation operation : service.settings().contract().operations()) {
        all.add(new InForce(operation, service.at(operation).plan().all()));
      }
    }
    return all;
  }

  /// Rooms 2 and 3: reads the head in the one way it can be read, and finds the operation that
  /// answers for it.
  Entrance enter(RequestHead head, ExchangeId id, Instant at) {
    OneReading<Target> read =
        lenient
            ? OneReading.of(TargetReader.unread(head.target()))
            : TargetReader.read(head.target(), settings.ceilings().parameters(), matrix);
    if (!(read instanceof OneReading.Clear<Target>(Target target))) {
      return refused(read);
    }
    if (!(Host.read(head.authority()) instanceof OneReading.Clear<Host>(Host host))) {
      return refused(Host.read(head.authority()));
    }
    Peer peer = head.peer();
    String scheme = head.scheme();
    if (!settings.trust().isEmpty()) {
      switch (front.read(head, host.name())) {
        case OneReading.Refused<TrustedFront.Seen>(Ambiguity why) -> {
          return new Entrance.Refused(why, List.of());
        }
        case OneReading.Clear<TrustedFront.Seen>(TrustedFront.Seen seen) -> {
          peer = seen.peer();
          scheme = seen.scheme();
        }
      }
    }
    Request request =
        new Request(
            head.method(), scheme, host.name(), host.port(), target, head.headers(), peer, at);
    return routed(request, id);
  }

  private Entrance routed(Request request, ExchangeId id) {
    Optional<String> asked = Preflight.asks(request.method(), request.headers());
    if (asked.isPresent() && route(asked.get(), request) instanceof Routing.Matched matched) {
      return preflight(matched.operation(), asked.get(), request);
    }
    OwnRoutes.Owner owner = own.at(request);
    if (owner != null) {
      return owned(owner, request);
    }
    return switch (route(request.method(), request)) {
      case Routing.Matched matched -> {
        Operation operation = matched.operation();
        if (matrix && MatrixPaths.strays(matched, request.target().path())) {
          yield new Entrance.Refused(Ambiguity.PATH_PARAMETER, List.of());
        }
        Service service = Objects.requireNonNull(services.get(operation.id().api()));
        Ambiguity why = lenient ? null : fault(service.at(operation).fields(), request.headers());
        if (why != null) {
          yield new Entrance.Refused(why, List.of());
        }
        yield listed(service, matched, request, id);
      }
      case Routing.MethodNotListed(List<String> allowed) -> {
        exposed(request.target());
        yield new Entrance.Refused(
            RouterWhy.METHOD_NOT_LISTED,
            List.of(new Reply.Line("allow", String.join(", ", allowed))));
      }
      case Routing.Unlisted() -> {
        exposed(request.target());
        yield new Entrance.Refused(RouterWhy.UNLISTED, List.of());
      }
    };
  }

  /// A key in an address is known to whoever reads it, also where the address leads nowhere.
  private void exposed(Target target) {
    KeyText key = KeyText.in(target.text());
    if (key != null) {
      for (Service service : services.values()) {
        service.settings().ports().exposure().inAddress(key);
      }
    }
  }

  private static Entrance owned(OwnRoutes.Owner owner, Request request) {
    OwnRoute route = owner.route();
    return route.methods().contains(request.method())
        ? new Entrance.Owned(owner.service(), route, request)
        : new Entrance.Refused(
            RouterWhy.METHOD_NOT_LISTED,
            List.of(new Reply.Line("allow", String.join(", ", new TreeSet<>(route.methods())))));
  }

  /// The exchange, with the request in the form that its operation declares.
  private Entrance listed(
      Service service, Routing.Matched matched, Request request, ExchangeId id) {
    Operation operation = matched.operation();
    Request judged = request;
    Routing.Matched at = matched;
    HeadNormalization normal = service.binders().head(operation);
    if (normal != null) {
      OneReading<Request> form = normal.apply(request, matched, settings.ceilings().parameters());
      if (!(form instanceof OneReading.Clear<Request>(Request clear))) {
        return refused(form);
      }
      judged = clear;
      if (!(route(clear.method(), clear) instanceof Routing.Matched same)
          || same.operation() != operation) {
        return new Entrance.Refused(Ambiguity.LEADS_ELSEWHERE, List.of());
      }
      at = same;
    }
    return new Entrance.Listed(
        service,
        service.at(operation),
        new Exchange(id, judged, operation, values(at, judged.target().path())));
  }

  private static @Nullable Ambiguity fault(PromisedFields fields, Headers headers) {
    return fields.fault(FieldReader.read(headers), headers);
  }

  /// Where a request goes. An encoded comma is data to the contract, and a comma to a service that
  /// decodes first: where both readings do not lead to one operation, neither does.
  private Routing route(String method, Request request) {
    String path = request.target().path();
    Routing routing = routes.route(method, request.host(), path);
    if (path.contains("%2C") && routing instanceof Routing.Matched matched) {
      Routing other = routes.route(method, request.host(), path.replace("%2C", ","));
      return other instanceof Routing.Matched same && same.operation() == matched.operation()
          ? routing
          : Routing.UNLISTED;
    }
    return routing;
  }

  /// Whether a request leads to the operation it was judged by, also with the service's own ids.
  boolean leads(Exchange exchange) {
    Request request = exchange.request();
    return route(request.method(), request) instanceof Routing.Matched matched
        && matched.operation() == exchange.operation();
  }

  /// The head of an answer with the ids that its caller sees; null where it holds one that cannot
  /// be shown.
  ///
  /// @param exchange as the service got it
  @Nullable ResponseHead shown(ResponseHead received, Exchange exchange) {
    Service service = Objects.requireNonNull(services.get(exchange.operation().id().api()));
    Binders binders = service.binders();
    if (binders.request(exchange.operation()).head() == null) {
      return received;
    }
    Headers fields =
        binders.response(exchange.operation()).shown(received.headers(), exchange.principal());
    Headers all = fields == null ? null : new ShownLinks(service, finder(), exchange).of(fields);
    if (all == null) {
      return null;
    }
    return all == received.headers()
        ? received
        : new ResponseHead(received.status(), all, received.length());
  }

  private ShownLinks.Finder finder() {
    return new ShownLinks.Finder() {
      @Override
      public Routing route(String method, Request request) {
        return Generation.this.route(method, request);
      }

      @Override
      public Binders binders(Operation operation) {
        return Objects.requireNonNull(services.get(operation.id().api())).binders();
      }
    };
  }

  private Entrance preflight(Operation operation, String asked, Request request) {
    Service service = Objects.requireNonNull(services.get(operation.id().api()));
    List<String> methods =
        route("OPTIONS", request) instanceof Routing.MethodNotListed(List<String> allowed)
            ? allowed
            : List.of(asked);
    return new Entrance.Own(
        RouterWhy.PREFLIGHT, Preflight.answer(service.cors(operation), methods, request.headers()));
  }

  private static List<String> values(Routing.Matched matched, String path) {
    int count = matched.count();
    if (count == 0) {
      return List.of();
    }
    String[] values = new String[count];
    for (int i = 0; i < count; i++) {
      values[i] = PathReader.decode(path, matched.from(i), matched.to(i));
    }
    return List.of(values);
  }

  private static Entrance refused(OneReading<?> reading) {
    return switch (reading) {
      case OneReading.Refused<?>(Ambiguity why) -> new Entrance.Refused(why, List.of());
      case OneReading.Clear<?> _ ->
          throw new dev.gatewarden.core.GatewardenBug("a clear reading was refused");
    };
  }
}
