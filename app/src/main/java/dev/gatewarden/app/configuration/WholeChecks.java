package dev.gatewarden.app.configuration;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What must hold between the sections of a configuration.
final class WholeChecks {
  /// The sections that name who proves a security scheme, and what one of each is called.
  private static final Map<String, String> PROVERS =
      new TreeMap<>(
          Map.of(
              "api-keys",
              "ring of keys",
              "certificates",
              "bundle",
              "ledgers",
              "ledger",
              "issuers",
              "issuer",
              "senders",
              "sender",
              "sessions",
              "browser session"));

  private final Problems problems;
  private final Node.Obj root;
  private final Set<String> guards;

  WholeChecks(Problems problems, Node.Obj root, Set<String> guards) {
    this.problems = problems;
    this.root = root;
    this.guards = guards;
  }

  /// Checks whatever of the configuration could be bound.
  ///
  /// @param parts the bound values by the keys of the file
  void all(Map<String, Object> parts) {
    if (parts.get("gatewarden") instanceof Integer version && version != 1) {
      add(
          "`gatewarden: " + version + "` is no version of this grammar",
          "write `gatewarden: 1`",
          "gatewarden");
    }
    if (parts.get("listen") instanceof Listen listen) {
      operators(listen.admin().identity(), parts);
      ports(listen);
      if (listen.decisions() != null) {
        new DecisionPortChecks(problems, root, parts).all(listen, listen.decisions());
      }
      if (parts.get("issuers") instanceof Map<?, ?> issuers
          && issuers.values().stream().anyMatch(WholeChecks::isFapi)) {
        new FapiProfile(problems)
            .listener(listen.callers(), Places.nearest(root, "listen", "public", "tls"));
      }
    }
    if (parts.get("state") instanceof State state && root.get("state") instanceof Node.Text) {
      shared(state);
    }
    unseen(parts);
    names();
    Map<String, String> taken = new HashMap<>();
    if (parts.get("apis") instanceof Map<?, ?> apis) {
      apis.forEach(
          (name, api) -> {
            provers((String) name, (Api) api);
            exchange((String) name, (Api) api, parts);
            tenancy((String) name, (Api) api);
            spot((String) name, (Api) api, taken);
            if (parts.get("listen") instanceof Listen listen) {
              itself((String) name, (Api) api, listen);
            }
          });
    }
    if (parts.get("sessions") instanceof Map<?, ?> sessions) {
      sessions.forEach((name, session) -> session((String) name, (BrowserSession) session));
      if (!sessions.isEmpty() && parts.get("listen") instanceof Listen listen) {
        encrypted(listen, (String) sessions.keySet().iterator().next());
      }
    }
    PROVERS.forEach(this::unused);
    WeakIssuers weak = new WeakIssuers(problems, root, parts);
    weak.unexcused();
    PointChecks points = new PointChecks(problems, root, parts);
    points.all();
    if (parts.get("exceptions") instanceof List<?> entries) {
      for (int i = 0; i < entries.size(); i++) {
        ExceptionEntry entry = (ExceptionEntry) entries.get(i);
        if (entry.decisionPoint() != null
            || entry.allows() == ExceptionEntry.Allows.OPEN_WHEN_GONE) {
          points.exception(entry, i);
        } else if (entry.issuer() == null && entry.allows() == null) {
          exception(entry, String.valueOf(i));
        } else {
          weak.exception(entry, i);
        }
        accounted(entry, String.valueOf(i));
      }
    }
  }

  private static boolean isFapi(Object issuer) {
    return issuer instanceof Issuer own && own.profile() == Issuer.Profile.FAPI_2_0;
  }

  private void shared(State state) {
    RedisAddress redis = state.redis();
    if (redis != null && redis.isExposed()) {
      add(
          "sessions and ids would cross an open network without TLS",
          "write `rediss://`; plain `redis://` only to loopback and private addresses",
          "state");
    }
  }

  /// Certificates that nobody could show.
  private void unseen(Map<String, Object> parts) {
    boolean shown =
        !(parts.get("listen") instanceof Listen listen)
            || listen.clientCert()
            || (listen.callers().tls() != null && listen.callers().tls().certificate() != null)
            || (listen.decisions() != null && listen.decisions().encrypted());
    if (!shown && !names("certificates").isEmpty()) {
      add(
          "nobody can show a certificate: callers come without TLS",
          "give `listen.public.tls` a `certificate` and a `key`, or say `client-cert: true` where a"
              + " trusted forwarder passes certificates on",
          "certificates");
    }
  }

  private void operators(Listen.@Nullable Operators operators, Map<String, Object> parts) {
    if (operators != null && new WeakIssuers(problems, root, parts).holds(operators.issuer())) {
      add(
          "tokens of `"
              + operators.issuer()
              + "` are borne with by an exception, and would operate"
              + " the gate",
          "let operators come from an issuer that needs none",
          "listen",
          "admin",
          "identity",
          "issuer");
    }
    if (operators != null && !names("issuers").contains(operators.issuer())) {
      add(
          "`" + operators.issuer() + "` is no issuer",
          Nearest.advice(operators.issuer(), names("issuers")),
          "listen",
          "admin",
          "identity",
          "issuer");
    }
  }

  private void ports(Listen listen) {
    int port = listen.admin().port();
    if (port != 0 && port == listen.callers().port()) {
      add(
          "callers and admin cannot share port " + port,
          "give `admin` another `port`",
          "listen",
          "admin",
          "port");
    }
  }

  private void names() {
    if (root.get("apis") instanceof Node.Obj apis && apis.members().isEmpty()) {
      add("there is no API", "name one below `apis`", "apis");
    }
    if (root.get("apis") instanceof Node.Obj object) {
      object.entries().forEach(this::name);
    }
    Map<String, String> taken = new HashMap<>();
    PROVERS.forEach(
        (section, word) -> {
          if (root.get(section) instanceof Node.Obj object) {
            object.entries().forEach(this::name);
          }
          for (String name : names(section)) {
            String other = taken.putIfAbsent(name, word);
            if (other != null) {
              add(
                  "`" + name + "` is the name of an " + other + " as well",
                  "give the " + word + " another name",
                  section,
                  name);
            }
          }
        });
  }

  private void name(Node.Member member) {
    String name = member.name();
    boolean plain = !name.isEmpty() && name.length() <= 64;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      plain &= c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_');
    }
    if (!plain) {
      problems.add(
          member.namePlace(),
          "`" + Scalars.shortened(name) + "` cannot be a name",
          "use letters, digits, `-` and `_`, at most 64");
    }
  }

  private void provers(String name, Api api) {
    List<String> known = new ArrayList<>();
    PROVERS.keySet().forEach(section -> known.addAll(names(section)));
    api.security()
        .forEach(
            (scheme, prover) -> {
              if (!known.contains(prover)) {
                String advice = Nearest.advice(prover, known);
                add(
                    "nobody of the name `" + prover + "` proves anything",
                    advice.isEmpty()
                        ? "define it below one of " + Scalars.quoted(PROVERS.keySet())
                        : advice,
                    "apis",
                    name,
                    "security",
                    scheme);
              }
            });
  }

  /// Only tokens of the issuer that exchanges them are shown to it.
  private void exchange(String name, Api api, Map<String, Object> parts) {
    Api.Identity identity = api.upstream().identity();
    Map<?, ?> sessions = parts.get("sessions") instanceof Map<?, ?> bound ? bound : Map.of();
    boolean mapped =
        api.security().values().stream()
            .anyMatch(
                prover ->
                    prover.equals(identity.exchange())
                        || (sessions.get(prover) instanceof BrowserSession session
                            && session.issuer().equals(identity.exchange())));
    if (identity.exchanges() && !mapped) {
      add(
          "`exchange: " + identity.exchange() + "`, but no scheme of the API is mapped to it",
          "name the issuer whose tokens callers bring",
          "apis",
          name,
          "upstream",
          "identity",
          "exchange");
    } else if (identity.exchanges() && !names("issuers").contains(identity.exchange())) {
      add(
          "`exchange: " + identity.exchange() + "` is no issuer",
          "only tokens of an issuer can be exchanged",
          "apis",
          name,
          "upstream",
          "identity",
          "exchange");
    }
  }

  private void session(String name, BrowserSession session) {
    if (!names("issuers").contains(session.issuer())) {
      String advice = Nearest.advice(session.issuer(), names("issuers"));
      add(
          "`" + session.issuer() + "` is no issuer of this file",
          advice.isEmpty() ? "name one of those below `issuers`" : advice,
          "sessions",
          name,
          "issuer");
    } else if (find("issuers", session.issuer(), "url") == null) {
      add(
          "`" + session.issuer() + "` has no `url`, so nobody knows where its users sign in",
          "name an issuer by its `url`",
          "sessions",
          name,
          "issuer");
    } else if (find("issuers", session.issuer(), "secret") != null) {
      add(
          "`" + session.issuer() + "` signs with a shared secret, which opens no browser session",
          "name an issuer with public keys",
          "sessions",
          name,
          "issuer");
    } else if (find("issuers", session.issuer(), "once") instanceof Node.Bool once
        && once.value()) {
      add(
          "tokens of `" + session.issuer() + "` are good for one call, and a session makes many",
          "let another issuer's settings, without `once`, stand for the same provider",
          "sessions",
          name,
          "issuer");
    }
  }

  /// Browsers keep cookies of sessions from everything that is not encrypted; where something in
  /// front encrypts, its word for that has to count.
  private void encrypted(Listen listen, String session) {
    Listen.Tls tls = listen.callers().tls();
    boolean plain = tls != null && tls.certificate() == null;
    if (plain && listen.trust().isEmpty()) {
      add(
          "browser sessions need TLS, and nothing in front of the gate is trusted to say so",
          "name what encrypts in `listen.trust`, or give `listen.public.tls` a `certificate`",
          "sessions",
          session);
    }
  }

  /// Where there are tenants, whoever proves callers must say whose they are.
  private void tenancy(String name, Api api) {
    if (api.tenancy() == Api.Tenancy.SINGLE) {
      return;
    }
    String word = api.tenancy().name().toLowerCase(java.util.Locale.ROOT);
    for (String named : api.security().values()) {
      String prover =
          find("sessions", named, "issuer") instanceof Node.Text issuer ? issuer.value() : named;
      if (find("issuers", prover) instanceof Node.Obj issuer && issuer.get("tenant") == null) {
        add(
            "`tenancy: "
                + word
                + "`, but issuer `"
                + prover
                + "` does not say where its tokens name the tenant",
            "give the issuer `tenant: /claim`, or say `tenancy: single`",
            "apis",
            name,
            "tenancy");
      }
      if (find("certificates", prover) instanceof Node.Obj bundle) {
        certified(name, word, prover, bundle);
      }
    }
  }

  private void certified(String api, String word, String bundle, Node.Obj written) {
    if (!(written.get("known") instanceof Node.Obj known)) {
      add(
          "`tenancy: " + word + "`, but `" + bundle + "` does not say whose its callers are",
          "write `known: {NAME: {tenant: north}}`",
          "certificates",
          bundle);
      return;
    }
    for (Node.Member caller : known.entries()) {
      if (!(caller.value() instanceof Node.Obj said) || said.get("tenant") == null) {
        problems.add(
            caller.namePlace(),
            "`tenancy: " + word + "` of `" + api + "`, but this caller has no `tenant`",
            "write `{tenant: north}`");
      }
    }
  }

  private void spot(String name, Api api, Map<String, String> taken) {
    String host = api.at().host();
    String other = taken.putIfAbsent((host == null ? "*" : host) + " " + api.at().path(), name);
    if (other != null) {
      add(
          "`" + name + "` stands at the same host and path as `" + other + "`",
          "give one of them another `host` or `path`",
          "apis",
          name,
          "at");
    }
  }

  /// A gate that forwards to itself hands its callers its admin port, or never ends.
  private void itself(String name, Api api, Listen listen) {
    for (int i = 0; i < api.upstream().to().size(); i++) {
      URI to = api.upstream().to().get(i);
      Ip address = Ip.parse(String.valueOf(to.getHost()).replaceAll("[\\[\\]]", ""));
      boolean here = "localhost".equals(to.getHost()) || address != null && address.isLoopback();
      int port = to.getPort();
      if (here && port > 0 && (port == listen.admin().port() || port == listen.callers().port())) {
        add(
            "`"
                + to
                + "` is the gate's own "
                + (port == listen.admin().port() ? "admin " : "")
                + "port",
            "write where the service runs",
            "apis",
            name,
            "upstream",
            "to",
            String.valueOf(i));
      }
    }
  }

  /// A prover that no API names has no effect.
  private void unused(String section, String word) {
    Set<String> used = new HashSet<>();
    if (find("listen", "admin", "identity", "issuer") instanceof Node.Text operators) {
      used.add(operators.value());
    }
    if (find("listen", "decisions", "askers") instanceof Node.Obj askers) {
      for (Node.Member asker : askers.entries()) {
        used.add(
            asker.value() instanceof Node.Obj service && service.get("by") instanceof Node.Text by
                ? by.value()
                : "");
      }
    }
    if (section.equals("issuers")) {
      for (String session : names("sessions")) {
        used.add(find("sessions", session, "issuer") instanceof Node.Text of ? of.value() : "");
      }
    }
    for (String api : names("apis")) {
      if (find("apis", api, "security") instanceof Node.Obj security) {
        for (Node.Member member : security.entries()) {
          used.add(member.value() instanceof Node.Text prover ? prover.value() : "");
        }
      }
    }
    if (root.get(section) instanceof Node.Obj object) {
      for (Node.Member member : object.entries()) {
        if (!used.contains(member.name())) {
          problems.add(
              member.namePlace(),
              word + " `" + Scalars.shortened(member.name()) + "` has no effect: no API names it",
              "map a scheme to it under an API's `security`, or remove it");
        }
      }
    }
  }

  private void exception(ExceptionEntry entry, String at) {
    String guard = entry.guard();
    String operation = entry.operation();
    if (guard == null) {
      missing("guard", "name the guard that is excused, or the `issuer`", at);
    } else if (!guards.contains(guard)) {
      String advice = Nearest.advice(guard, guards);
      add(
          "`" + guard + "` is no guard",
          advice.isEmpty() ? "guards are " + Scalars.quoted(guards) : advice,
          "exceptions",
          at,
          "guard");
    }
    if (entry.mode() == null) {
      missing("mode", "write `mode:` and one of `off`, `observe`", at);
    } else if (entry.mode() == Mode.ENFORCE) {
      add(
          "an exception to `enforce` has no effect",
          "write `observe` or `off`, or remove the entry",
          "exceptions",
          at,
          "mode");
    }
    if (operation == null) {
      missing("operation", "write `api.operation`, or `api.*`", at);
    } else {
      operation(operation, at);
    }
  }

  private void missing(String key, String advice, String at) {
    add("`exceptions[" + at + "]`: `" + key + "` is missing", advice, "exceptions", at);
  }

  private void accounted(ExceptionEntry entry, String at) {
    if (entry.because().isBlank()) {
      add("an exception needs a reason", "say why it is borne with", "exceptions", at, "because");
    }
    if (entry.owner().isBlank()) {
      add("an exception needs an owner", "name who answers for it", "exceptions", at, "owner");
    }
  }

  private void operation(String operation, String at) {
    int dot = operation.indexOf('.');
    String api = dot < 0 ? operation : operation.substring(0, dot);
    if (!names("apis").contains(api)) {
      String advice = Nearest.advice(api, names("apis"));
      add(
          "`" + operation + "` belongs to no API of this file",
          advice.isEmpty() ? "write `api.operation`, or `api.*`" : advice,
          "exceptions",
          at,
          "operation");
    } else if (dot < 0) {
      add(
          "`" + operation + "` names an API and no operation",
          "write `" + operation + ".*` for all of them",
          "exceptions",
          at,
          "operation");
    }
  }

  private List<String> names(String section) {
    return root.get(section) instanceof Node.Obj object
        ? List.copyOf(object.members().keySet())
        : List.of();
  }

  private void add(String message, String advice, String... path) {
    problems.add(Places.nearest(root, path).place(), message, advice);
  }

  private @Nullable Node find(String... path) {
    return Places.find(root, path);
  }
}
