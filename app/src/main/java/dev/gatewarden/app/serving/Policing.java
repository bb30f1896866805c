package dev.gatewarden.app.serving;

import dev.gatewarden.app.admin.Action;
import dev.gatewarden.app.admin.Exposition;
import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.gateway.decisionpoint.cedar.CedarPoint;
import dev.gatewarden.gateway.decisionpoint.cedar.CedarSettings;
import dev.gatewarden.gateway.decisionpoint.cedar.PolicyWatch;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The embedded policies of a running gate: judged on a pool of their own, put in force anew when
/// their files change, and shown to operators.
final class Policing implements Action, AutoCloseable {
  private static final int MOST_WAITING = 1024;

  private final CedarPoint point;
  private final ExecutorService pool;
  private final @Nullable PolicyWatch watch;

  private Policing(CedarPoint point, ExecutorService pool, @Nullable PolicyWatch watch) {
    this.point = point;
    this.pool = pool;
    this.watch = watch;
  }

  /// Loads policies and begins to look after them.
  ///
  /// @param reload how often their files are looked at; never where zero
  /// @throws ProblemsException with everything that is wrong with them
  static Policing open(
      CedarSettings settings,
      Collection<Contract> contracts,
      Relations relations,
      Duration reload) {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    ExecutorService pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name("policies-", 0).factory());
    try {
      CedarPoint point = CedarPoint.load(settings, contracts, relations, pool);
      return new Policing(
          point, pool, reload.isPositive() ? PolicyWatch.begin(point, reload) : null);
    } catch (RuntimeException wrong) {
      pool.shutdownNow();
      throw wrong;
    }
  }

  CedarPoint point() {
    return point;
  }

  @Override
  public String path() {
    return "/policies";
  }

  @Override
  public String told() {
    CedarPoint.Status status = point.status();
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("point", point.name());
    told.put("policy", status.digest());
    told.put("policies", status.policies());
    if (!status.next().isEmpty()) {
      told.put("compared", status.next());
      told.put("differences", point.differences());
    }
    told.put("answers_kept", status.answers());
    return Json.text(told);
  }

  /// Puts the files in force now: `do: reload`.
  @Override
  public Done act(Map<String, String> fields) {
    if (!"reload".equals(fields.get("do")) || fields.size() != 1) {
      throw new IllegalArgumentException("write `do: reload`");
    }
    try {
      var unused = point.reload();
    } catch (ProblemsException wrong) {
      throw new IllegalArgumentException(wrong.getMessage(), wrong);
    }
    return new Done("reload-policies", point.status().digest(), told());
  }

  /// Writes what is counted of policies.
  void tell(Exposition text) {
    PolicyWatch looking = watch;
    if (looking != null) {
      text.counter(
          "gatewarden_policy_reloads_total",
          "times that changed policies were put in force",
          looking.reloaded());
      text.counter(
          "gatewarden_policy_reloads_refused_total",
          "times that changed policies were not sound, so that those before stayed in force",
          looking.refused());
    }
    text.counters(
        "gatewarden_policy_differences_total",
        "answers that the policies compared would have given otherwise",
        "gatewarden_difference",
        point.differences());
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
    pool.shutdownNow();
  }
}
