package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.Places;
import dev.gatewarden.app.configuration.Policies;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.contracts.Contracts;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.gateway.decisionpoint.cedar.CedarPoint;
import dev.gatewarden.gateway.decisionpoint.cedar.CedarSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What policies can speak of: the schema that contracts imply, for authors and their editors.
public final class PolicySchema {
  private PolicySchema() {}

  /// The schema of the APIs that decide by policies, or would if there were any.
  ///
  /// @throws dev.gatewarden.core.document.ProblemsException when Cedar does not load on this
  ///     machine
  public static String of(Reading reading, Contracts contracts) {
    List<Contract> deciding = new ArrayList<>();
    contracts
        .byApi()
        .forEach(
            (name, contract) -> {
              Api api = reading.configuration().apis().get(name);
              if (api != null && DecisionPoints.names(api).contains(CedarPoint.NAME)) {
                deciding.add(contract);
              }
            });
    Policies policies = reading.configuration().policies();
    CedarSettings settings =
        policies == null ? none(reading) : DecisionPoints.settings(reading, policies);
    return CedarPoint.schema(settings, deciding);
  }

  private static CedarSettings none(Reading reading) {
    return new CedarSettings(
        reading.folder(),
        Places.nearest(reading.source(), "policies").place(),
        List.of(),
        List.of(),
        null,
        null,
        List.of(),
        Map.of(),
        List.of());
  }
}
