package dev.gatewarden.app.contracts;

import dev.gatewarden.app.configuration.Networks;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBindings;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.contract.Server;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The configuration a stranger begins with: complete, commented, and sound.
public final class FirstConfiguration {
  private static final int GRACE_DAYS = 30;
  private static final int MOST_ENTRIES = 20;

  private final Contract contract;
  private final URI upstream;
  private final String path;
  private final LocalDate today;
  private final Map<String, String> issuers = new LinkedHashMap<>();
  private final Map<String, String> senders = new LinkedHashMap<>();
  private final Map<String, String> rings = new LinkedHashMap<>();
  private boolean inAddress;
  private final Map<String, String> provers = new LinkedHashMap<>();

  private FirstConfiguration(Contract contract, URI upstream, String path, LocalDate today) {
    this.contract = contract;
    this.upstream = upstream;
    this.path = path;
    this.today = today;
  }

  /// The text of a configuration for one API.
  ///
  /// @param path the contract's, relative to the configuration
  public static String text(Contract contract, URI upstream, String path, LocalDate today) {
    return new FirstConfiguration(contract, upstream, path, today).text();
  }

  /// A name for an API from the name of its contract's file.
  public static String nameOf(Path contract) {
    String file = String.valueOf(contract.getFileName());
    int dot = file.indexOf('.');
    String stem = (dot < 0 ? file : file.substring(0, dot)).toLowerCase(Locale.ROOT);
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < stem.length() && i < 40; i++) {
      char c = stem.charAt(i);
      name.append(c < 128 && Character.isLetterOrDigit(c) ? c : '-');
    }
    String plain = name.toString();
    return plain.isEmpty() || plain.equals("openapi") ? "api" : plain;
  }

  private String text() {
    contract.schemes().values().forEach(this::scheme);
    StringBuilder text = new StringBuilder();
    text.append("# Written by `gatewarden init`. Lines to look at are marked with <-\n");
    text.append("gatewarden: 1\n\n");
    text.append("listen:\n");
    text.append("  public: {port: 8080}   # loopback; give `tls` to be reached from elsewhere\n");
    text.append("  admin: {port: 8081}    # health, metrics and explanations; loopback\n\n");
    section(text, "issuers", "# Who issues the tokens that callers bring.\n", issuers);
    section(text, "senders", "# Who sends signed requests.\n", senders);
    section(text, "api-keys", "# Whom the gate itself gives keys.\n", rings);
    api(text);
    exceptions(text);
    return text.toString();
  }

  private static void section(
      StringBuilder text, String name, String comment, Map<String, String> entries) {
    if (!entries.isEmpty()) {
      text.append(comment).append(name).append(":\n");
      entries.values().forEach(text::append);
      text.append('\n');
    }
  }

  private void scheme(SecurityScheme scheme) {
    switch (scheme.kind()) {
      case SecurityScheme.Http _ -> issuer(scheme.name(), "https://id.example.com");
      case SecurityScheme.OAuth2(var _, Map<String, String> flows) ->
          issuer(
              scheme.name(),
              flows.isEmpty() ? "https://id.example.com" : base(flows.values().iterator().next()));
      case SecurityScheme.OpenIdConnect(String url) -> issuer(scheme.name(), base(url));
      case SecurityScheme.ApiKey(var in, String parameter) -> {
        if (signs(parameter)) {
          sender(scheme.name(), parameter);
        } else {
          ring(scheme.name(), in);
        }
      }
      case SecurityScheme.MutualTls _ -> issuer(scheme.name(), "https://id.example.com");
    }
  }

  private void issuer(String scheme, String url) {
    String audience = contract.servers().getFirst().url();
    if (!audience.startsWith("https://")) {
      audience = "https://api.example.com";
    }
    String known = audience;
    String name =
        issuers.isEmpty() || (issuers.containsKey("tokens") && one(url))
            ? "tokens"
            : scheme.replaceAll("[^A-Za-z0-9_-]", "-");
    issuers.putIfAbsent(
        name,
        "  "
            + name
            + ":\n"
            + "    url: "
            + quoted(url)
            + "   # <- what your tokens carry in `iss`\n"
            + "    audience: "
            + quoted(known)
            + "   # <- what they carry in `aud` for this API\n"
            + "    algorithms: [RS256, ES256]   # <- what they are signed with\n");
    provers.put(scheme, name);
  }

  private boolean one(String url) {
    String first = issuers.get("tokens");
    return first != null && first.contains(quoted(url));
  }

  /// Whether a header by its name carries a signature rather than a key.
  private static boolean signs(String parameter) {
    String header = parameter.toLowerCase(Locale.ROOT);
    return header.contains("signature") || header.contains("webhook") || header.contains("hub-");
  }

  private void ring(String scheme, Parameter.In in) {
    String name = scheme.replaceAll("[^A-Za-z0-9_-]", "-");
    rings.put(name, "  " + name + ": {environment: live}   # `gatewarden keys issue` makes keys\n");
    provers.put(scheme, name);
    inAddress |= in == Parameter.In.QUERY;
  }

  private void sender(String scheme, String parameter) {
    String header = parameter.toLowerCase(Locale.ROOT);
    String preset =
        header.contains("stripe")
            ? "stripe"
            : header.contains("hub")
                ? "github"
                : header.contains("slack") ? "slack" : "standard-webhooks";
    String name = scheme.replaceAll("[^A-Za-z0-9_-]", "-");
    String variable = name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT) + "_SECRET";
    senders.put(
        name,
        "  "
            + name
            + ": {preset: "
            + preset
            + ", secrets: [env:"
            + variable
            + "]}   # <- how it signs, and where its secret is\n");
    provers.put(scheme, name);
  }

  private void api(StringBuilder text) {
    Server server = contract.servers().getFirst();
    String base = server.basePath().isEmpty() ? "/" : server.basePath();
    text.append("apis:\n  ").append(contract.api()).append(":\n");
    text.append("    contract: ").append(quoted(path)).append('\n');
    text.append("    at: {path: ")
        .append(quoted(base))
        .append("}   # add `host` once callers use its name\n");
    text.append("    upstream: {to: [").append(quoted(service())).append("]");
    if (needsExcuse()) {
      text.append(", tls: none, because: ")
          .append(quoted("to be stated"))
          .append("}   # <- plain http leaves the private networks: why?\n");
    } else {
      text.append("}   # the service gets the gate's own token in place of the caller's\n");
    }
    if (!provers.isEmpty()) {
      text.append("    security:\n");
      provers.forEach(
          (scheme, prover) ->
              text.append("      ")
                  .append(quoted(scheme))
                  .append(": ")
                  .append(prover)
                  .append('\n'));
    }
    text.append(
        "    tenancy: single   # <- token, if one service keeps the data of several tenants"
            + " apart\n");
  }

  private String service() {
    return upstream.getScheme() + "://" + upstream.getRawAuthority();
  }

  private boolean needsExcuse() {
    return upstream.getScheme().equals("http") && !Networks.holds(upstream);
  }

  private void exceptions(StringBuilder text) {
    List<Operation> unbound = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      if (operation.objects() instanceof ObjectBindings.Unbound) {
        unbound.add(operation);
      }
    }
    if (unbound.isEmpty() && !inAddress) {
      return;
    }
    if (inAddress) {
      text.append("\n# The contract puts keys into addresses, where logs keep them: move them.\n");
      text.append("exceptions:\n");
      entry(text, "credential-in-url", contract.api() + ".*", "keys in addresses");
    }
    if (unbound.isEmpty()) {
      return;
    }
    text.append(
        "\n"
            + "# The contract does not say yet whose objects these operations touch: until it does,"
            + " foreign objects are\n");
    text.append(
        "# reported and not refused. Add `x-gatewarden-object` to each, then remove its line.\n");
    text.append(inAddress ? "" : "exceptions:\n");
    if (unbound.size() > MOST_ENTRIES) {
      entry(text, Contracts.OBJECTS, contract.api() + ".*", "no object binding yet");
    } else {
      unbound.forEach(
          operation ->
              entry(text, Contracts.OBJECTS, operation.id().toString(), "no object binding yet"));
    }
  }

  private void entry(StringBuilder text, String guard, String operation, String because) {
    text.append("- {guard: ").append(guard).append(", operation: ").append(quoted(operation));
    text.append(", mode: observe, because: ").append(because);
    text.append(", owner: to be named, until: ");
    text.append(today.plusDays(GRACE_DAYS)).append("}\n");
  }

  private static String base(String url) {
    try {
      URI uri = new URI(url);
      if (uri.getHost() != null && "https".equals(uri.getScheme())) {
        return "https://" + uri.getRawAuthority();
      }
    } catch (URISyntaxException wrong) {
      return "https://id.example.com";
    }
    return "https://id.example.com";
  }

  /// A text as YAML reads it back whatever it holds.
  private static String quoted(String text) {
    boolean plain = !text.isEmpty() && Character.isLetter(text.charAt(0));
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain &= (c < 128 && Character.isLetterOrDigit(c)) || "/._-".indexOf(c) >= 0;
    }
    return plain ? text : "'" + text.replace("'", "''") + "'";
  }
}
