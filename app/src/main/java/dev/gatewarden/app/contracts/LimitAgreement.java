package dev.gatewarden.app.contracts;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.Places;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.controls.guards.limit.DistinctObjectsGuard;
import dev.gatewarden.controls.guards.limit.Share;
import dev.gatewarden.controls.guards.limit.ShareLimitGuard;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Whether the limits of the configuration and a contract go together: one that names what is not
/// there would bound nothing.
record LimitAgreement(
    Reading reading, String name, Api api, Contract contract, List<Problem> problems) {
  private static final String SHARES = ShareLimitGuard.ENTRY.id();
  private static final String OBJECTS = DistinctObjectsGuard.ENTRY.id();

  void check() {
    api.operations().forEach(this::sharesOfItsOwn);
    if (api.guards().of(SHARES) instanceof ShareLimitGuard.Config config) {
      config.shares().forEach((share, each) -> share(each, "shares", share));
      config
          .plans()
          .forEach(
              (plan, of) ->
                  of.shares()
                      .forEach((share, each) -> share(each, "plans", plan, "shares", share)));
    }
    if (api.guards().of(OBJECTS) instanceof DistinctObjectsGuard.Config config) {
      objects(config, "apis", name, "guards", OBJECTS);
    }
    api.operations()
        .forEach(
            (operation, settings) -> {
              if (settings.guards().of(OBJECTS) instanceof DistinctObjectsGuard.Config config) {
                objects(config, "apis", name, "operations", operation, "guards", OBJECTS);
              }
            });
  }

  private void share(Share share, String... at) {
    List<String> path = new ArrayList<>(List.of("apis", name, "guards", SHARES));
    path.addAll(Arrays.asList(at));
    String[] place = path.toArray(String[]::new);
    Set<String> named = new TreeSet<>(share.operations());
    named.addAll(share.cost().keySet());
    named.addAll(share.price().keySet());
    named.remove(Share.OTHERS);
    named.removeIf(operation -> contract.operation(operation) != null);
    named.forEach(operation -> unknown(operation, place));
    boolean stepsUp = share.then().isPresent() && share.then().get().stepUp().isPresent();
    if (stepsUp && api.security().values().stream().noneMatch(this::signsIn)) {
      add(
          "`step-up` has no effect: nobody who can prove the `security` of `" + name + "` signs in",
          "map a scheme to an issuer or a session, or leave `step-up` out",
          place);
    }
  }

  private boolean signsIn(String prover) {
    return reading.configuration().issuers().containsKey(prover)
        || reading.configuration().sessions().containsKey(prover);
  }

  /// Shares are those of several operations: one that said another measure, or fewer shares, would
  /// let its callers take more than all others grant.
  private void sharesOfItsOwn(String operation, Api.OperationSettings settings) {
    if (settings.guards().of(SHARES) != null) {
      add(
          "`" + operation + "` says shares of its own, which are the API's",
          "write them below `guards` of `"
              + name
              + "`: `operations` and `cost` of a share say what single operations take",
          "apis",
          name,
          "operations",
          operation,
          "guards",
          SHARES);
    }
  }

  private void objects(DistinctObjectsGuard.Config config, String... path) {
    if (config.within().isEmpty()) {
      return;
    }
    if (contract.operations().stream().allMatch(each -> each.objects().list().isEmpty())) {
      add(
          "`"
              + OBJECTS
              + "` has no effect: `"
              + api.contract()
              + "` does not say what an object is",
          "say it by `x-gatewarden-object`, in an overlay too, or leave the guard out",
          path);
    }
    for (String type : config.types().keySet()) {
      if (!contract.types().containsKey(type)) {
        add(
            "`" + type + "` is no type of objects of `" + api.contract() + "`",
            orElse(Nearest.advice(type, contract.types().keySet()), "it has no such type"),
            path);
      }
    }
  }

  private void unknown(String operation, String... path) {
    List<String> known = new ArrayList<>();
    for (Operation each : contract.operations()) {
      known.add(each.id().name());
    }
    add(
        "`" + operation + "` is no operation of `" + api.contract() + "`",
        orElse(Nearest.advice(operation, known), "it has " + known.size() + " others"),
        path);
  }

  private static String orElse(String advice, String otherwise) {
    return advice.isEmpty() ? otherwise : advice;
  }

  private void add(String message, String advice, String... path) {
    problems.add(new Problem(Places.nearest(reading.source(), path).place(), message, advice));
  }
}
