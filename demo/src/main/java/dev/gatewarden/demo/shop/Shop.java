package dev.gatewarden.demo.shop;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.demo.http.Loopback;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// A running shop, as broken as it is told to be.
public final class Shop implements AutoCloseable {

  private final Loopback server;
  private final Shelves shelves = new Shelves();
  private final Set<Fault> faults;
  private final Callers callers;
  private final OrdersDesk orders;
  private final ProfileDesk profiles;
  private final BankDesk bank;
  private final StockDesk stock;
  private final AtomicInteger served = new AtomicInteger();

  private Shop(
      int port, Set<Fault> faults, Callers honest, Bank bank, String partnerKey, Clock clock)
      throws IOException {
    this.faults = faults.isEmpty() ? EnumSet.noneOf(Fault.class) : EnumSet.copyOf(faults);
    this.callers = has(Fault.TOKEN) ? new CredulousCallers() : honest;
    this.orders = new OrdersDesk(shelves, this.faults, clock);
    this.profiles = new ProfileDesk(shelves, this.faults);
    this.bank = new BankDesk(shelves, this.faults, bank, clock);
    this.stock = new StockDesk(this.faults, partnerKey, honest);
    this.server = Loopback.start(port, this::answer);
  }

  /// @param port 0 takes any free one
  /// @param honest how a shop that verifies tokens knows who calls
  /// @param partnerKey what opens the stock
  /// @throws IOException when the port is taken
  public static Shop start(
      int port, Set<Fault> faults, Callers honest, Bank bank, String partnerKey, Clock clock)
      throws IOException {
    return new Shop(port, faults, honest, bank, partnerKey, clock);
  }

  public URI uri() {
    return server.uri();
  }

  /// What it keeps; the attacks look here for what has really happened.
  public Shelves shelves() {
    return shelves;
  }

  public boolean has(Fault fault) {
    return faults.contains(fault);
  }

  /// How many requests have reached it.
  public int served() {
    return served.get();
  }

  @Override
  public void close() {
    server.close();
  }

  private Answer answer(Incoming request) {
    served.incrementAndGet();
    try {
      Answer answer = route(request);
      boolean shared = has(Fault.CACHE) && request.method().equals("GET");
      return answer.with("cache-control", shared ? "public, max-age=60" : "private, no-store");
    } catch (JacksonException e) {
      return Answer.problem(400, "not JSON");
    }
  }

  private Answer route(Incoming request) {
    String path = request.path();
    if (path.equals("/v1/webhooks/bank")) {
      return request.method().equals("POST") ? bank.take(request) : Answer.problem(405, "POST it");
    }
    if (path.equals("/v1/stock")) {
      return request.method().equals("GET") ? stock.answer(request) : Answer.problem(405, "GET it");
    }
    if (path.equals("/debug/orders") && has(Fault.DEBUG)) {
      return orders.dump();
    }
    Caller caller = caller(request);
    if (caller == null) {
      return Answer.problem(401, "who are you").with("www-authenticate", "Bearer");
    }
    if (!has(Fault.TOKEN) && !permitted(request.method(), path, caller)) {
      return Answer.problem(403, "not permitted");
    }
    if (path.equals("/v1/profile")) {
      return profiles.answer(request, caller);
    }
    if (path.equals("/v1/orders")) {
      return orders.answer(request, caller);
    }
    if (path.startsWith("/v1/orders/")) {
      return orders.answer(request, caller, path.substring("/v1/orders/".length()));
    }
    return Answer.problem(404, "no such page");
  }

  private static boolean permitted(String method, String path, Caller caller) {
    String what = path.equals("/v1/profile") ? "profile:" : "orders:";
    return caller.scopes().contains(what + (method.equals("GET") ? "read" : "write"));
  }

  private @Nullable Caller caller(Incoming request) {
    String token = request.bearer();
    if (token == null) {
      return has(Fault.TOKEN) ? Caller.GUEST : null;
    }
    return callers.of(token);
  }
}
