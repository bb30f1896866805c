package dev.gatewarden.app.contracts;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.Places;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.LoginRule;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Whether the logins of a contract and the ledgers of the configuration go together.
record LoginAgreement(
    Reading reading, String name, Api api, Contract contract, List<Problem> problems) {

  void check() {
    Set<String> schemes = new TreeSet<>();
    api.security()
        .forEach(
            (scheme, prover) -> {
              if (reading.configuration().ledgers().containsKey(prover)
                  && contract.schemes().containsKey(scheme)) {
                schemes.add(scheme);
              }
            });
    Set<String> filled = new HashSet<>();
    for (Operation operation : contract.operations()) {
      LoginRule rule = LoginRule.of(operation, problems);
      if (rule != null && rule.issues()) {
        rule(rule, schemes, filled);
      }
    }
    for (String scheme : schemes) {
      if (!filled.contains(scheme)) {
        problems.add(
            new Problem(
                Places.nearest(reading.source(), "apis", name, "security", scheme).place(),
                "the ledger of `"
                    + scheme
                    + "` never sees a login, so no token would ever be accepted",
                "mark the operation that issues tokens: `x-gatewarden-login: {does: login, subject:"
                    + " body#/username, token: response.body#/token}`"));
      }
    }
  }

  private void rule(LoginRule rule, Set<String> schemes, Set<String> filled) {
    String named = rule.scheme();
    if (schemes.isEmpty()) {
      problems.add(
          new Problem(
              rule.place(),
              "`x-gatewarden-login` has no effect: no ledger proves a scheme of this API",
              "write `ledgers: {own: {}}` and map the scheme of the tokens to `own`"));
    } else if (named != null && !schemes.contains(named)) {
      problems.add(
          new Problem(
              rule.place(),
              "no ledger proves the scheme `" + named + "`",
              "`scheme` is one of " + schemes));
    } else if (named == null && schemes.size() > 1) {
      problems.add(
          new Problem(
              rule.place(),
              "several schemes have a ledger, and nothing says whose tokens these are",
              "write `scheme:` and one of " + schemes));
    } else if (rule.does() == LoginRule.Does.LOGIN || rule.does() == LoginRule.Does.MFA) {
      filled.add(named == null ? schemes.iterator().next() : named);
    }
  }
}
