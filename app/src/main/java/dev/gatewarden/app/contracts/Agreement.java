package dev.gatewarden.app.contracts;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.BrowserSession;
import dev.gatewarden.app.configuration.ExceptionEntry;
import dev.gatewarden.app.configuration.Places;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Permission;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Problem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Whether what the configuration says of an API and what its contract says go together.
final class Agreement {
  /// The guard whose exceptions let keys stand in addresses.
  private static final String IN_ADDRESS = "credential-in-url";

  private final Reading reading;
  private final String name;
  private final Api api;
  private final Contract contract;
  private final List<Problem> problems;
  private final LocalDate today;

  /// @param today the day (UTC) on which exceptions must hold
  Agreement(
      Reading reading,
      String name,
      Api api,
      Contract contract,
      List<Problem> problems,
      LocalDate today) {
    this.today = today;
    this.reading = reading;
    this.name = name;
    this.api = api;
    this.contract = contract;
    this.problems = problems;
  }

  void check() {
    contract.schemes().values().forEach(this::proved);
    new LoginAgreement(reading, name, api, contract, problems).check();
    api.security().keySet().forEach(this::inContract);
    contract.operations().forEach(this::roles);
    for (String operation : api.operations().keySet()) {
      if (contract.operation(operation) == null) {
        unknown(operation, "apis", name, "operations", operation);
      }
    }
    new LimitAgreement(reading, name, api, contract, problems).check();
    List<ExceptionEntry> exceptions = reading.configuration().exceptions();
    for (int i = 0; i < exceptions.size(); i++) {
      String operation = exceptions.get(i).operation();
      if (operation != null && operation.startsWith(name + ".") && !operation.equals(name + ".*")) {
        String own = operation.substring(name.length() + 1);
        if (contract.operation(own) == null) {
          unknown(own, "exceptions", String.valueOf(i), "operation");
        }
      }
    }
  }

  private void proved(SecurityScheme scheme) {
    String prover = api.security().get(scheme.name());
    if (prover == null) {
      add(
          "nobody proves the contract's scheme `" + scheme.name() + "`",
          "write `" + scheme.name() + ": ` and the name of " + wanted(scheme) + " below `security`",
          "apis",
          name,
          "security");
      return;
    }
    BrowserSession session = reading.configuration().sessions().get(prover);
    if (session != null) {
      cookie(scheme, prover, session);
      return;
    }
    boolean issuer = reading.configuration().issuers().containsKey(prover);
    boolean ring = reading.configuration().apiKeys().containsKey(prover);
    boolean ledger = reading.configuration().ledgers().containsKey(prover);
    switch (scheme.kind()) {
      case SecurityScheme.Http(String word, var _) when !word.equals("bearer") ->
          unprovable(scheme, "`" + word + "` credentials");
      case SecurityScheme.Http _ -> by(issuer || ledger, scheme, prover);
      case SecurityScheme.OAuth2 _ -> by(issuer || ledger, scheme, prover);
      case SecurityScheme.OpenIdConnect _ -> by(issuer || ledger, scheme, prover);
      case SecurityScheme.ApiKey(Parameter.In in, String parameter) -> {
        by(!issuer, scheme, prover);
        if (ring && in == Parameter.In.QUERY) {
          inAddress(scheme, parameter);
        }
        if (ledger && in == Parameter.In.QUERY) {
          unprovable(scheme, "tokens in addresses");
        }
      }
      case SecurityScheme.MutualTls _ ->
          by(reading.configuration().certificates().containsKey(prover), scheme, prover);
    }
  }

  /// Somebody has to be able to have a role that is asked for: tokens, sessions, keys and
  /// certificates name roles, signed events and tokens of a ledger do not.
  private void roles(Operation operation) {
    Permission asked = Permission.in(operation.extensions());
    if (asked == null || operation.security().alternatives().isEmpty()) {
      return;
    }
    for (Security.Alternative alternative : operation.security().alternatives()) {
      for (Security.Need need : alternative.needs()) {
        String prover = api.security().get(need.scheme());
        if (prover == null || !roleless(prover)) {
          return;
        }
      }
    }
    problems.add(
        new Problem(
            asked.place(),
            "`"
                + operation.id().name()
                + "` asks for a role, and nobody who can prove its `security` has one",
            "ask for a token, a session, a key or a certificate, or say"
                + " `x-gatewarden-permission: none`"));
  }

  private boolean roleless(String prover) {
    return reading.configuration().ledgers().containsKey(prover)
        || reading.configuration().senders().containsKey(prover);
  }

  /// A session is a cookie, and the contract names the one that browsers have.
  private void cookie(SecurityScheme scheme, String prover, BrowserSession session) {
    String name = session.cookieNamed(prover);
    if (!(scheme.kind() instanceof SecurityScheme.ApiKey(Parameter.In in, String said))
        || in != Parameter.In.COOKIE
        || !said.equals(name)) {
      add(
          "`"
              + prover
              + "` proves the cookie `"
              + name
              + "`, which is not what the contract's scheme `"
              + scheme.name()
              + "` asks for",
          "write the scheme as `{type: apiKey, in: cookie, name: " + name + "}`, in an overlay too",
          "apis",
          this.name,
          "security",
          scheme.name());
    }
  }

  private void by(boolean fits, SecurityScheme scheme, String prover) {
    if (!fits) {
      add(
          "`" + prover + "` cannot prove the contract's scheme `" + scheme.name() + "`",
          "it takes " + wanted(scheme),
          "apis",
          name,
          "security",
          scheme.name());
    }
  }

  /// Keys in addresses are refused where nobody says why and until when they stay.
  private void inAddress(SecurityScheme scheme, String parameter) {
    for (Operation operation : contract.operations()) {
      boolean asks =
          operation.security().alternatives().stream()
              .flatMap(each -> each.needs().stream())
              .anyMatch(need -> need.scheme().equals(scheme.name()));
      boolean excused =
          reading.configuration().excuse(IN_ADDRESS, name, operation.id().name(), today) != null;
      if (asks && !excused) {
        problems.add(
            new Problem(
                scheme.place(),
                "the scheme `"
                    + scheme.name()
                    + "` takes the key from the address (`?"
                    + parameter
                    + "=`), where logs and histories keep it; `"
                    + operation.id().name()
                    + "` asks for it",
                "declare it `in: header` by an overlay, or excuse it for a time: `exceptions:"
                    + " [{guard: "
                    + IN_ADDRESS
                    + ", operation: "
                    + name
                    + ".*, mode: observe, because: …, owner: …, until: …}]`"));
        return;
      }
    }
  }

  private void unprovable(SecurityScheme scheme, String what) {
    add(
        "the contract's scheme `"
            + scheme.name()
            + "` asks for "
            + what
            + ", which the gate does not prove",
        "ask for a token in the contract, or lay an overlay over it that does",
        "apis",
        name,
        "security",
        scheme.name());
  }

  private static String wanted(SecurityScheme scheme) {
    return switch (scheme.kind()) {
      case SecurityScheme.ApiKey _ -> "a ring of `api-keys`, a ledger or a sender";
      case SecurityScheme.Http _ -> "an issuer";
      case SecurityScheme.OAuth2 _ -> "an issuer";
      case SecurityScheme.OpenIdConnect _ -> "an issuer";
      case SecurityScheme.MutualTls _ -> "a bundle of `certificates`";
    };
  }

  private void inContract(String scheme) {
    Set<String> known = contract.schemes().keySet();
    if (!known.contains(scheme)) {
      add(
          "`" + scheme + "` is no security scheme of `" + api.contract() + "`, so it has no effect",
          orElse(Nearest.advice(scheme, known), "remove it"),
          "apis",
          name,
          "security",
          scheme);
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
