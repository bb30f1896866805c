package dev.gatewarden.app.configuration;

import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What must hold between the port on which services ask and the rest of the file: whoever asks is
/// proved by somebody, and believed no more than can be meant.
final class DecisionPortChecks {
  private static final List<String> PROVERS = List.of("api-keys", "certificates", "issuers");

  private final Problems problems;
  private final Node.Obj root;
  private final Map<String, Object> parts;

  /// @param parts the bound values by the keys of the file
  DecisionPortChecks(Problems problems, Node.Obj root, Map<String, Object> parts) {
    this.problems = problems;
    this.root = root;
    this.parts = parts;
  }

  void all(Listen listen, DecisionPort port) {
    ports(listen, port);
    if (port.askers().isEmpty()) {
      add(
          "nobody may ask",
          "name the services that may: `askers: {orders: {by: corp, named: orders, apis: [shop]}}`",
          "askers");
    }
    Map<String, String> taken = new HashMap<>();
    port.askers()
        .forEach(
            (name, service) -> {
              prover(name, service, port);
              apis(name, service);
              states(name, service.states());
              String other = taken.putIfAbsent(service.by() + " " + service.named(), name);
              if (other != null) {
                add(
                    "`" + name + "` is proved as `" + other + "` is",
                    "give each a name of its own at `" + service.by() + "`",
                    "askers",
                    name,
                    "named");
              }
            });
  }

  private void ports(Listen listen, DecisionPort port) {
    if (port.port() != 0
        && (port.port() == listen.callers().port() || port.port() == listen.admin().port())) {
      add(
          "services that ask cannot share port " + port.port(),
          "give `decisions` another `port`",
          "port");
    }
    URI url = port.url();
    boolean plain =
        url != null
            && url.getHost() != null
            && url.getRawQuery() == null
            && url.getRawFragment() == null
            && !url.toString().endsWith("/")
            && (String.valueOf(url.getScheme()).equals("https") || !port.encrypted());
    if (url != null && !plain) {
      add(
          "`url` is no address that services could know the gate by",
          "write it as `https://gate.internal:8082`",
          "url");
    }
  }

  private void prover(String name, DecisionPort.Service service, DecisionPort port) {
    List<String> known = new ArrayList<>();
    PROVERS.forEach(section -> known.addAll(names(section)));
    String by = service.by();
    if (!known.contains(by)) {
      String advice = Nearest.advice(by, known);
      add(
          "nobody of the name `" + Scalars.shortened(by) + "` proves services",
          advice.isEmpty() ? "define it below one of " + Scalars.quoted(PROVERS) : advice,
          "askers",
          name,
          "by");
    } else if (names("certificates").contains(by) && !port.encrypted()) {
      add(
          "`" + name + "` cannot show a certificate: services come without TLS",
          "give `listen.decisions.tls` a `certificate` and a `key`",
          "askers",
          name,
          "by");
    } else if (names("issuers").contains(by)) {
      issuer(name, by);
    }
    if (service.named().isBlank()) {
      add("`named` is empty", "write what the proof calls the service", "askers", name, "named");
    }
  }

  private void issuer(String name, String by) {
    if (new WeakIssuers(problems, root, parts).holds(by)) {
      add(
          "tokens of `"
              + by
              + "` are borne with by an exception, and would open the gate's policies",
          "let services come from an issuer that needs none",
          "askers",
          name,
          "by");
    }
    if (parts.get("issuers") instanceof Map<?, ?> issuers
        && issuers.get(by) instanceof Issuer issuer
        && (issuer.once() || issuer.bound() != null)) {
      add(
          "tokens of `"
              + by
              + "` are good for one call, or bound to their holder, which nobody"
              + " proves here",
          "prove `" + name + "` by another issuer, a certificate or a key",
          "askers",
          name,
          "by");
    }
  }

  private void apis(String name, DecisionPort.Service service) {
    if (service.apis().isEmpty()) {
      add("`" + name + "` may ask about nothing", "name its `apis`", "askers", name, "apis");
    }
    for (String api : service.apis()) {
      if (!names("apis").contains(api)) {
        String advice = Nearest.advice(api, names("apis"));
        add(
            "`" + Scalars.shortened(api) + "` is no API of this file",
            advice.isEmpty() ? "name one of those below `apis`" : advice,
            "askers",
            name,
            "apis");
      }
    }
  }

  private void states(String name, DecisionPort.States states) {
    String issuer = states.issuer();
    if (issuer == null) {
      if (!states.tenants().isEmpty() || !states.roles().isEmpty() || !states.scopes().isEmpty()) {
        add(
            "`tenants`, `roles` and `scopes` have no effect without `issuer`",
            "name whose subjects `" + name + "` may name, or leave them out",
            "askers",
            name,
            "states");
      }
    } else if (!names("issuers").contains(issuer)) {
      add(
          "`" + Scalars.shortened(issuer) + "` is no issuer",
          Nearest.advice(issuer, names("issuers")),
          "askers",
          name,
          "states",
          "issuer");
    } else if (parts.get("issuers") instanceof Map<?, ?> issuers
        && issuers.get(issuer) instanceof Issuer named
        && !named.tenants().isEmpty()
        && !named.tenants().containsAll(states.tenants())) {
      add(
          "`" + name + "` would name callers of a tenant whose users `" + issuer + "` may not name",
          "name some of the issuer's own `tenants`",
          "askers",
          name,
          "states",
          "tenants");
    }
  }

  private List<String> names(String section) {
    return root.get(section) instanceof Node.Obj object
        ? List.copyOf(object.members().keySet())
        : List.of();
  }

  private void add(String message, String advice, String... below) {
    String[] path = new String[below.length + 2];
    path[0] = "listen";
    path[1] = "decisions";
    System.arraycopy(below, 0, path, 2, below.length);
    problems.add(Places.nearest(root, path).place(), message, advice);
  }
}
