package dev.gatewarden.app.contracts;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.TenantRule;
import dev.gatewarden.core.document.Place;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The roles that a contract lets cross tenants, each with where it is said first.
record Crossings(Map<String, Place> places) {

  static Crossings of(Contract contract) {
    Map<String, Place> places = new TreeMap<>();
    for (ObjectType type : contract.types().values()) {
      add(places, type.access().read(), type.place());
      add(places, type.access().write(), type.place());
    }
    for (Operation operation : contract.operations()) {
      for (ObjectBinding binding : operation.objects().list()) {
        add(places, binding.grants(), binding.place());
      }
      TenantRule rule = operation.tenant();
      if (rule != null) {
        rule.crossedBy().forEach(role -> places.putIfAbsent(role, rule.place()));
      }
    }
    return new Crossings(places);
  }

  private static void add(Map<String, Place> places, List<Grant> grants, Place place) {
    for (Grant grant : grants) {
      if (grant instanceof Grant.Crossing(String role)) {
        places.putIfAbsent(role, place);
      }
    }
  }
}
