package dev.gatewarden.gateway.transport;

import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.transport.upstream.Clients;
import dev.gatewarden.gateway.transport.upstream.Fetch;
import dev.gatewarden.gateway.transport.upstream.Reach;
import dev.gatewarden.gateway.transport.upstream.Sight;
import dev.gatewarden.gateway.transport.wire.Budget;
import dev.gatewarden.gateway.transport.wire.Load;
import dev.gatewarden.gateway.transport.wire.Workers;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;

/// The event loops with their clients: what listeners and look-ups stand on.
public final class Transport implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(100);

  private final Budget budget;
  private final Load load;
  private final Workers workers;
  private final Clients clients;

  private Transport(
      int count, long inFlight, Load.Bounds bounds, Reach reach, LongSupplier nanos, Duration tick)
      throws IOException {
    budget = new Budget(inFlight);
    load = new Load(bounds, count, tick, System::nanoTime);
    workers = new Workers(count, budget, load, nanos, tick);
    clients = new Clients(workers, reach);
  }

  /// @param workers event loops; one for each core is right
  /// @param inFlight bytes that all exchanges together may hold
  /// @param bounds beyond which requests are refused
  /// @throws IOException when the certificates of `reach` cannot be read
  public static Transport open(int workers, long inFlight, Load.Bounds bounds, Reach reach)
      throws IOException {
    return new Transport(workers, inFlight, bounds, reach, System::nanoTime, TICK);
  }

  /// As `open`, with a clock and a tick of one's own.
  public static Transport open(
      int workers, long inFlight, Reach reach, LongSupplier nanos, Duration tick)
      throws IOException {
    return new Transport(workers, inFlight, Load.Bounds.NONE, reach, nanos, tick);
  }

  /// Requests beside the path, over the same connections.
  public Fetch fetch() {
    return new Fetch(workers, clients);
  }

  /// Serves these services from now on and no others: places of the others are not asked any more
  /// whether they are well, and their connections close when nothing is under way on them.
  public void serve(Collection<Upstreams> services) {
    clients.serve(services);
  }

  /// How the services stand, as the gate sees them.
  public List<Sight> sights() {
    return clients.sights();
  }

  /// Bytes held by all exchanges now.
  public long held() {
    return budget.held();
  }

  /// How much there is to do.
  public Load load() {
    return load;
  }

  Workers workers() {
    return workers;
  }

  Clients clients() {
    return clients;
  }

  @Override
  public void close() {
    clients.close();
    workers.close();
  }
}
