package dev.gatewarden.app.contracts;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.Places;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.Versions;
import dev.gatewarden.core.change.Version;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Lifecycle;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Problem;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether the APIs of a configuration keep what their `versions` promise: how many live, and how
/// long callers are told before one ends.
final class VersionCheck {
  private final Reading reading;
  private final Map<String, Contract> contracts;
  private final LocalDate today;
  private final Set<Problem> problems = new LinkedHashSet<>();
  private final Set<Problem> warnings = new LinkedHashSet<>();

  /// @param contracts those that could be read, by API
  VersionCheck(Reading reading, Map<String, Contract> contracts, LocalDate today) {
    this.reading = reading;
    this.contracts = contracts;
    this.today = today;
  }

  void check(List<Problem> wrong, List<Problem> odd) {
    contracts.forEach(
        (name, contract) -> {
          Api api = reading.configuration().apis().get(name);
          Versions versions = api == null ? null : api.versions();
          if (versions != null) {
            live(name, versions);
            if (!versions.notice().isZero()) {
              contract.operations().forEach(each -> notice(each, versions));
            }
          }
          contract.operations().forEach(this::ended);
        });
    wrong.addAll(problems);
    odd.addAll(warnings);
  }

  private void live(String name, Versions versions) {
    Integer most = versions.live();
    if (most == null) {
      return;
    }
    String product = product(name, versions);
    Map<String, String> alive = new LinkedHashMap<>();
    contracts.forEach(
        (other, contract) -> {
          Api api = reading.configuration().apis().get(other);
          if (api != null && product(other, api.versions()).equals(product) && alive(contract)) {
            alive.putIfAbsent(Version.of(contract).major(), other + " " + contract.version());
          }
        });
    if (alive.size() > most) {
      problems.add(
          new Problem(
              Places.nearest(reading.source(), "apis", name, "versions", "live").place(),
              alive.size()
                  + " versions of `"
                  + product
                  + "` are alive: "
                  + String.join(", ", alive.values()),
              "end the oldest: `x-gatewarden-lifecycle: {state: deprecated, since: …, sunset: …}`"
                  + " at the top of its contract"));
    }
  }

  private String product(String name, @Nullable Versions versions) {
    String of = versions == null ? null : versions.of();
    Contract contract = contracts.get(name);
    return of != null ? of : contract == null ? name : contract.title();
  }

  private boolean alive(Contract contract) {
    Lifecycle life = Lifecycle.in(contract.extensions());
    return life == null || !life.ended(today);
  }

  private void notice(Operation operation, Versions versions) {
    Lifecycle life = Lifecycle.in(operation.extensions());
    if (life == null) {
      if (operation.source().get("deprecated") instanceof Node.Bool(var place, boolean on) && on) {
        warnings.add(
            new Problem(
                place,
                "`" + operation.id().name() + "` is deprecated, and no day is named for its end",
                "write `x-gatewarden-lifecycle: {since: …, sunset: …}`"));
      }
      return;
    }
    LocalDate since = life.since();
    LocalDate sunset = life.sunset();
    if (sunset == null) {
      return;
    }
    if (since == null) {
      problems.add(
          new Problem(
              life.place(),
              "the end on " + sunset + " is named, and not `since` when callers are told",
              "add `since`, the day on which this is published"));
    } else if (ChronoUnit.DAYS.between(since, sunset) < versions.notice().toDays()) {
      problems.add(
          new Problem(
              life.place(),
              "callers are told "
                  + ChronoUnit.DAYS.between(since, sunset)
                  + " days before the end, and "
                  + versions.notice().toDays()
                  + " are promised",
              "name a day from " + since.plusDays(versions.notice().toDays()) + " on"));
    }
  }

  private void ended(Operation operation) {
    Lifecycle life = Lifecycle.in(operation.extensions());
    if (life != null && life.ended(today)) {
      warnings.add(
          new Problem(
              life.place(),
              "this has ended"
                  + (life.sunset() == null ? "" : " on " + life.sunset())
                  + " and is still served",
              "take it out of the contract"));
    }
  }
}
