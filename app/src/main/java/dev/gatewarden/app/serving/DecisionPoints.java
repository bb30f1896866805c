package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.ExceptionEntry;
import dev.gatewarden.app.configuration.ExternalPoint;
import dev.gatewarden.app.configuration.Places;
import dev.gatewarden.app.configuration.Policies;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.TenantZones;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Pointer;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.policy.Consulted;
import dev.gatewarden.core.policy.DecisionPoint;
import dev.gatewarden.core.policy.Zones;
import dev.gatewarden.gateway.decisionpoint.cedar.CedarPoint;
import dev.gatewarden.gateway.decisionpoint.cedar.CedarSettings;
import dev.gatewarden.gateway.decisionpoint.remote.RemoteSettings;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Who decides by a policy: everybody whom a configuration names for it, ready to be asked.
final class DecisionPoints {
  private final Making making;
  private final Map<String, Consulted> byName = new HashMap<>();

  /// @param contracts by API
  DecisionPoints(Making making, Map<String, Contract> contracts) {
    this.making = making;
    embedded(contracts);
    making
        .reading()
        .configuration()
        .decisionPoints()
        .forEach(
            (name, settings) -> {
              relations(name, settings, contracts);
              DecisionPoint point = point(name, settings);
              if (point != null) {
                byName.put(name, new Consulted(point, openUntil(name)));
              }
            });
  }

  /// The points that an API asks, in its order.
  List<Consulted> of(Api api) {
    List<Consulted> points = new ArrayList<>();
    for (String name : names(api)) {
      Consulted point = byName.get(name);
      if (point != null) {
        points.add(point);
      }
    }
    return points;
  }

  /// Where tenants read their clocks.
  Zones zones() {
    TenantZones written = making.reading().configuration().zones();
    Map<String, ZoneId> tenants = new HashMap<>();
    written.tenants().forEach((tenant, zone) -> tenants.put(tenant, zone.id()));
    return new Zones(written.usual().id(), tenants);
  }

  /// Where there are policies, an API that says nothing decides by them.
  static List<String> names(Api api) {
    List<String> names = api.decideBy();
    return names == null ? List.of(CedarPoint.NAME) : names;
  }

  /// Nothing of the engine is loaded where there are no policies.
  private void embedded(Map<String, Contract> contracts) {
    Policies policies = making.reading().configuration().policies();
    if (policies == null) {
      return;
    }
    List<Contract> deciding = new ArrayList<>();
    contracts.forEach(
        (name, contract) -> {
          Api api = making.reading().configuration().apis().get(name);
          if (api != null && names(api).contains(CedarPoint.NAME)) {
            deciding.add(contract);
          }
        });
    try {
      DecisionPoint point =
          making
              .world()
              .policies(settings(making.reading(), policies), deciding, policies.reload());
      byName.put(CedarPoint.NAME, new Consulted(point, openUntil(CedarPoint.NAME)));
    } catch (ProblemsException wrong) {
      making.problems().addAll(wrong.problems());
    }
  }

  /// What the operator wrote about policies, as the engine takes it.
  static CedarSettings settings(Reading reading, Policies policies) {
    Map<String, CedarSettings.Claim> claims = new HashMap<>();
    policies
        .claims()
        .forEach(
            (name, claim) ->
                claims.put(
                    name,
                    new CedarSettings.Claim(
                        tokens(claim.at()),
                        switch (claim.is()) {
                          case STRING -> CedarSettings.Claim.Kind.STRING;
                          case NUMBER -> CedarSettings.Claim.Kind.NUMBER;
                          case BOOLEAN -> CedarSettings.Claim.Kind.BOOLEAN;
                          case STRINGS -> CedarSettings.Claim.Kind.STRINGS;
                        })));
    List<CedarSettings.Link> links = new ArrayList<>();
    for (Policies.Link link : policies.links()) {
      links.add(
          new CedarSettings.Link(link.template(), link.id(), link.principal(), link.resource()));
    }
    return new CedarSettings(
        reading.folder(),
        Places.nearest(reading.source(), "policies").place(),
        policies.files(),
        policies.compare(),
        policies.schema() == null ? null : policies.schema().written(),
        policies.entities() == null ? null : policies.entities().written(),
        links,
        claims,
        policies.groups() == null ? List.of() : tokens(policies.groups()));
  }

  private static List<String> tokens(String text) {
    Pointer pointer = Pointer.parse(text);
    return pointer == null ? List.of() : pointer.tokens();
  }

  private @Nullable DecisionPoint point(String name, ExternalPoint settings) {
    try {
      return making
          .world()
          .remote(
              new RemoteSettings(
                  name,
                  kind(settings.kind()),
                  settings.url(),
                  settings.token() == null ? null : making.secrets().read(settings.token()),
                  settings.deadline(),
                  settings.cache(),
                  Objects.requireNonNullElse(settings.store(), ""),
                  Objects.requireNonNullElse(settings.model(), ""),
                  Objects.requireNonNullElse(settings.policy(), ""),
                  settings.relations(),
                  settings.users() == ExternalPoint.Users.ISSUER_SUBJECT,
                  settings.batch()));
    } catch (IOException absent) {
      making.wrong(String.valueOf(absent.getMessage()), "decision-points", name, "token");
    } catch (IllegalArgumentException unfit) {
      making.wrong(String.valueOf(unfit.getMessage()), "decision-points", name, "url");
    }
    return null;
  }

  private static RemoteSettings.Kind kind(ExternalPoint.Kind kind) {
    return switch (kind) {
      case OPA -> RemoteSettings.Kind.OPA;
      case OPENFGA -> RemoteSettings.Kind.OPENFGA;
      case SPICEDB -> RemoteSettings.Kind.SPICEDB;
      case TOPAZ -> RemoteSettings.Kind.TOPAZ;
      case AUTHZEN -> RemoteSettings.Kind.AUTHZEN;
    };
  }

  /// A relation for an operation that no API has would never be asked for.
  private void relations(String name, ExternalPoint settings, Map<String, Contract> contracts) {
    Set<String> known = new TreeSet<>();
    contracts.forEach(
        (api, contract) -> {
          Api asking = making.reading().configuration().apis().get(api);
          if (asking != null && names(asking).contains(name)) {
            contract.operations().forEach(operation -> known.add(operation.id().name()));
          }
        });
    for (String operation : settings.relations().keySet()) {
      if (!known.contains(operation)) {
        making
            .problems()
            .add(
                new Problem(
                    Places.nearest(
                            making.reading().source(),
                            "decision-points",
                            name,
                            "relations",
                            operation)
                        .place(),
                    "`" + operation + "` is no operation of an API that asks `" + name + "`",
                    Nearest.advice(operation, known)));
      }
    }
  }

  private Instant openUntil(String name) {
    Instant end = Instant.MIN;
    for (ExceptionEntry entry : making.reading().configuration().exceptions()) {
      if (entry.opens(name) && entry.end().isAfter(end)) {
        end = entry.end();
      }
    }
    return end;
  }
}
