package dev.gatewarden.gateway.recorder;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.OperationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// What is counted of each request: durations by operation and status, refusals by reason. Every
/// label comes from the contract or the code, so that a
/// caller cannot make a new series.
public final class Metrics {
  /// The upper bounds of `http.server.request.duration`, in seconds, as OpenTelemetry advises.
  @SuppressWarnings("MutablePublicArray") // read on each request, and by no stranger
  public static final double[] BOUNDS = {
    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10
  };

  private final Map<OperationId, Route> routes = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> reasons = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> wouldDeny = new ConcurrentHashMap<>();

  /// The series of one operation; asked for once, when the operation is loaded.
  public Route route(Operation operation) {
    return routes.computeIfAbsent(
        operation.id(), id -> new Route(id, operation.method(), operation.path().text()));
  }

  /// The series of requests that no operation answers for.
  public Route unlisted() {
    return routes.computeIfAbsent(
        new OperationId("", "unlisted"), id -> new Route(id, "_OTHER", ""));
  }

  /// Counts one reason to refuse, challenge or answer.
  public void refused(String code) {
    reasons.computeIfAbsent(code, _ -> new LongAdder()).increment();
  }

  /// Counts one reason that a guard in observe would have refused for.
  public void wouldDeny(String code) {
    wouldDeny.computeIfAbsent(code, _ -> new LongAdder()).increment();
  }

  /// All routes that were used, by name.
  public List<Route> routes() {
    List<Route> used = new ArrayList<>();
    for (Map.Entry<String, Route> each : byName().entrySet()) {
      used.add(each.getValue());
    }
    return used;
  }

  /// Refusals by code.
  public Map<String, Long> refusals() {
    return sums(reasons);
  }

  /// Would-be refusals by code.
  public Map<String, Long> wouldDenials() {
    return sums(wouldDeny);
  }

  private Map<String, Route> byName() {
    Map<String, Route> sorted = new TreeMap<>();
    routes.forEach((id, route) -> sorted.put(id.toString(), route));
    return sorted;
  }

  private static Map<String, Long> sums(Map<String, LongAdder> counters) {
    Map<String, Long> sums = new TreeMap<>();
    counters.forEach((code, count) -> sums.put(code, count.sum()));
    return sums;
  }

  /// The series of one operation.
  public static final class Route {
    private final OperationId id;
    private final String method;
    private final String template;
    private volatile Series[] series = {};

    Route(OperationId id, String method, String template) {
      this.id = id;
      this.method = method;
      this.template = template;
    }

    public OperationId id() {
      return id;
    }

    public String method() {
      return method;
    }

    public String template() {
      return template;
    }

    public Series[] series() {
      return series.clone();
    }

    /// Counts one request.
    ///
    /// @param nanos from the complete head to the last byte of the answer
    public void count(int status, long nanos) {
      Series[] all = series;
      for (Series each : all) {
        if (each.status == status) {
          each.count(nanos);
          return;
        }
      }
      added(status).count(nanos);
    }

    private synchronized Series added(int status) {
      for (Series each : series) {
        if (each.status == status) {
          return each;
        }
      }
      Series[] more = java.util.Arrays.copyOf(series, series.length + 1);
      more[series.length] = new Series(status);
      series = more;
      return more[more.length - 1];
    }
  }

  /// The durations of one operation and status.
  public static final class Series {
    private final int status;
    private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
    private final LongAdder nanos = new LongAdder();

    Series(int status) {
      this.status = status;
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] = new LongAdder();
      }
    }

    void count(long duration) {
      int bucket = 0;
      double seconds = duration / 1e9;
      while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
        bucket++;
      }
      buckets[bucket].increment();
      nanos.add(duration);
    }

    /// The status on the wire; 0 when nothing was sent.
    public int status() {
      return status;
    }

    /// How many took at most `BOUNDS[i]` and more than the bound before; the last counts the rest.
    public long[] counts() {
      long[] counts = new long[buckets.length];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = buckets[i].sum();
      }
      return counts;
    }

    /// The sum of all durations in seconds.
    public double seconds() {
      return nanos.sum() / 1e9;
    }
  }
}
