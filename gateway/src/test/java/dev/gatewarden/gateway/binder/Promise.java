package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.canon.OneReading;
import dev.gatewarden.core.canon.PathReader;
import dev.gatewarden.core.canon.TargetReader;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ContractFiles;
import dev.gatewarden.core.contract.ContractReader;
import dev.gatewarden.core.contract.Mount;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Routes;
import dev.gatewarden.core.contract.Routing;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.exchange.Breach;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ExchangeId;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.exchange.Target;
import dev.gatewarden.core.schema.Direction;
import dev.gatewarden.core.schema.UnknownFields;
import dev.gatewarden.gateway.binder.body.Compilers;
import dev.gatewarden.gateway.binder.body.Manner;
import dev.gatewarden.gateway.binder.body.Schemas;
import dev.gatewarden.gateway.binder.parameter.ParameterChecks;
import dev.gatewarden.gateway.binder.parameter.ParameterCompiler;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// A contract of a test, and what its binders make of messages.
public final class Promise {
  private final Contract contract;
  private final Routes routes;
  private final Binders binders;
  private final List<Problem> problems = new ArrayList<>();

  private Promise(String yaml, boolean refuseCookies) {
    contract =
        new ContractReader(_ -> yaml.getBytes(StandardCharsets.UTF_8), Bounds.DEFAULT)
            .read(
                new ContractFiles(
                    "api", new Place.Origin(URI.create("file:///api.yaml"), "api.yaml")),
                _ -> true);
    routes = new Routes(List.of(new Mount(contract, "", "")));
    binders =
        Binders.compile(contract, (_, direction) -> manner(direction, refuseCookies), problems);
  }

  private static Manner manner(Direction direction, boolean refuseCookies) {
    return new Manner(
        direction == Direction.REQUEST ? UnknownFields.REFUSE : UnknownFields.OBSERVE,
        dev.gatewarden.core.schema.Bounds.DEFAULT,
        Manner.PARTS,
        false,
        refuseCookies);
  }

  public static Promise of(String yaml) {
    return new Promise(yaml, false);
  }

  public static Promise refusingCookies(String yaml) {
    return new Promise(yaml, true);
  }

  /// What keeps the contract from being judged.
  public List<Problem> problems() {
    return problems;
  }

  public Contract contract() {
    return contract;
  }

  /// What a GET is read as.
  public Reading get(String target, String... headers) {
    return send("GET", target, "", headers);
  }

  /// What a POST with that body is read as.
  public Reading post(String target, String type, String body) {
    return send("POST", target, body, "content-type", type);
  }

  public Reading send(String method, String target, String body, String... headers) {
    RequestBinder.Bound bound =
        bind(method, target, Bytes.of(body.getBytes(StandardCharsets.UTF_8)), headers);
    if (bound instanceof RequestBinder.Bound.Calls(List<Call> calls, Bytes _)) {
      return calls.getFirst().body();
    }
    throw new AssertionError("refused: " + bound);
  }

  /// The parameters of one request, to be judged again and again.
  public record Asked(ParameterChecks checks, Exchange exchange) {
    public Breach breach() {
      return checks.breach(exchange);
    }
  }

  public Asked parameters(String method, String target) {
    Exchange exchange = exchange(method, target);
    Manner manner = manner(Direction.REQUEST, false);
    return new Asked(
        new ParameterCompiler(new Schemas(new Compilers(), problems), manner)
            .of(exchange.operation(), contract.schemes()),
        exchange);
  }

  public RequestBinder.Bound bind(String method, String target, Bytes body, String... headers) {
    Exchange exchange = exchange(method, target, headers);
    return binders.request(exchange.operation()).bind(exchange, body, false);
  }

  private Exchange exchange(String method, String target, String... headers) {
    if (!(TargetReader.read(target, 1000, true) instanceof OneReading.Clear<Target>(Target read))) {
      throw new AssertionError("no single reading: " + target);
    }
    if (!(routes.route(method, "localhost", read.path()) instanceof Routing.Matched matched)) {
      throw new AssertionError("not listed: " + method + " " + target);
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < matched.count(); i++) {
      values.add(PathReader.decode(read.path(), matched.from(i), matched.to(i)));
    }
    Operation operation = matched.operation();
    Request request =
        new Request(
            method,
            "http",
            "localhost",
            read,
            new Lines(headers),
            new Peer(Ip.of(new byte[] {127, 0, 0, 1}), false),
            Instant.EPOCH);
    return new Exchange(ExchangeId.of(1, 2), request, operation, values);
  }

  /// What a response is read as.
  public Reading answer(String operation, int status, String body, String... headers) {
    Operation found = contract.operation(operation);
    if (found == null) {
      throw new AssertionError("no operation " + operation);
    }
    return binders
        .response(found)
        .read(status, new Lines(headers), Bytes.of(body.getBytes(StandardCharsets.UTF_8)));
  }

  public Binders binders() {
    return binders;
  }

  /// Header lines: name, value, name, value.
  public static Headers lines(String... lines) {
    return new Lines(lines);
  }

  /// Header lines: name, value, name, value.
  record Lines(String... lines) implements Headers {
    @Override
    public String first(String name) {
      List<String> all = all(name);
      return all.isEmpty() ? null : all.getFirst();
    }

    @Override
    public List<String> all(String name) {
      List<String> all = new ArrayList<>();
      each(
          (key, value) -> {
            if (key.equalsIgnoreCase(name)) {
              all.add(value);
            }
          });
      return all;
    }

    @Override
    public void each(BiConsumer<String, String> line) {
      for (int i = 0; i < lines.length; i += 2) {
        line.accept(lines[i], lines[i + 1]);
      }
    }
  }
}
