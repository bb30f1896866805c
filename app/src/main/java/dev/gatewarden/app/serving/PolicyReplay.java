package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.Policies;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.contracts.Contracts;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.policy.DecisionPoint.Answer;
import dev.gatewarden.core.policy.Question;
import dev.gatewarden.core.policy.Zones;
import dev.gatewarden.gateway.decisionpoint.cedar.CedarPoint;
import dev.gatewarden.gateway.decisionpoint.cedar.CedarSettings;
import dev.gatewarden.gateway.decisionpoint.cedar.PolicyList;
import dev.gatewarden.gateway.state.LocalRelations;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/// Two versions of policies asked the same questions, away from any gate.
public final class PolicyReplay implements AutoCloseable {
  private final CedarSettings settings;
  private final Map<String, Contract> contracts;
  private final Zones zones;
  private final ExecutorService pool;
  private final CedarPoint point;

  private PolicyReplay(
      CedarSettings settings,
      Map<String, Contract> contracts,
      Zones zones,
      ExecutorService pool,
      CedarPoint point) {
    this.settings = settings;
    this.contracts = contracts;
    this.zones = zones;
    this.pool = pool;
    this.point = point;
  }

  /// Loads the policies of a configuration, and others beside them.
  ///
  /// @param next their names or patterns, from the configuration's folder
  /// @throws dev.gatewarden.core.document.ProblemsException with everything that is wrong with them
  public static PolicyReplay open(
      Reading reading, Policies policies, Contracts contracts, List<String> next) {
    Map<String, Contract> deciding = new LinkedHashMap<>();
    contracts
        .byApi()
        .forEach(
            (name, contract) -> {
              Api api = reading.configuration().apis().get(name);
              if (api != null && DecisionPoints.names(api).contains(CedarPoint.NAME)) {
                deciding.put(name, contract);
              }
            });
    CedarSettings written = DecisionPoints.settings(reading, policies);
    CedarSettings settings =
        new CedarSettings(
            written.folder(),
            written.place(),
            written.files(),
            next,
            written.schema(),
            written.entities(),
            written.links(),
            written.claims(),
            written.groups());
    Map<String, ZoneId> tenants = new HashMap<>();
    reading.configuration().zones().tenants().forEach((name, zone) -> tenants.put(name, zone.id()));
    ExecutorService pool = Executors.newFixedThreadPool(1, Thread.ofPlatform().daemon().factory());
    try {
      return new PolicyReplay(
          settings,
          deciding,
          new Zones(reading.configuration().zones().usual().id(), tenants),
          pool,
          CedarPoint.load(settings, deciding.values(), new LocalRelations(1), pool));
    } catch (RuntimeException wrong) {
      pool.shutdownNow();
      throw wrong;
    }
  }

  /// The contracts of the APIs that decide by these policies.
  public Map<String, Contract> contracts() {
    return contracts;
  }

  public Zones zones() {
    return zones;
  }

  /// Whether policies see claims, or groups that tokens name.
  public boolean readsClaims() {
    return !settings.claims().isEmpty() || !settings.groups().isEmpty();
  }

  /// The texts of both versions.
  public List<String> texts() {
    CedarSettings other =
        new CedarSettings(
            settings.folder(),
            settings.place(),
            settings.next(),
            List.of(),
            null,
            null,
            List.of(),
            Map.of(),
            List.of());
    List<String> texts = new ArrayList<>();
    Stream.of(settings, other)
        .flatMap(each -> PolicyList.of(each).stream())
        .forEach(each -> texts.add(each.text()));
    return texts;
  }

  /// What the policies in force answer; where those beside them answer otherwise, its grounds say
  /// so.
  public Answer ask(Question question) {
    FutureTask<Answer> asking = new FutureTask<>(() -> point.decide(question));
    Thread.ofVirtual().start(asking);
    try {
      return asking.get();
    } catch (ExecutionException broken) {
      throw new IllegalStateException(broken.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
