package dev.gatewarden.app.configuration;

import dev.gatewarden.app.configuration.ExceptionEntry.Allows;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether issuers whose tokens prove less than they should, and the exceptions for them, go
/// together: none without the other.
final class WeakIssuers {
  private final Problems problems;
  private final Node.Obj root;
  private final Map<?, ?> issuers;
  private final @Nullable List<?> exceptions;

  /// @param parts the bound values by the keys of the file
  WeakIssuers(Problems problems, Node.Obj root, Map<String, Object> parts) {
    this.problems = problems;
    this.root = root;
    this.issuers = parts.get("issuers") instanceof Map<?, ?> bound ? bound : Map.of();
    this.exceptions = parts.get("exceptions") instanceof List<?> bound ? bound : null;
  }

  /// Whether an exception speaks of an issuer.
  boolean holds(String issuer) {
    return isExcused(issuer, Allows.SHARED_SECRET) || isExcused(issuer, Allows.NO_AUDIENCE);
  }

  /// Adds a problem for each weakness that nobody excuses.
  void unexcused() {
    if (exceptions == null) {
      // What is wrong with them was said; it would be said again of each issuer.
      return;
    }
    issuers.forEach((name, issuer) -> unexcused((String) name, (Issuer) issuer));
  }

  private void unexcused(String name, Issuer issuer) {
    if (issuer.secret() != null && !isExcused(name, Allows.SHARED_SECRET)) {
      add(
          "whoever can check a token of `" + name + "` can make one: both sides hold the secret",
          "use public keys, or bear with it for a time: " + entry(name, "shared-secret"),
          "issuers",
          name,
          "secret");
    }
    if (issuer.audience().isEmpty()
        && issuer.clients().isEmpty()
        && !isExcused(name, Allows.NO_AUDIENCE)) {
      add(
          "an issuer without `audience` would let any of its tokens in",
          "name the audience that tokens for this API carry"
              + (issuer.introspection() == null
                  ? ", or bear with it for a time: " + entry(name, "no-audience")
                  : ""),
          "issuers",
          name,
          "audience");
    }
  }

  private static String entry(String name, String allows) {
    return "`exceptions: [{issuer: "
        + name
        + ", allows: "
        + allows
        + ", because: …, owner: …, until: …}]`";
  }

  /// Checks one exception that names an issuer, or what one lacks.
  void exception(ExceptionEntry entry, int index) {
    String at = String.valueOf(index);
    String name = entry.issuer();
    Allows allows = entry.allows();
    if (entry.guard() != null || entry.operation() != null || entry.mode() != null) {
      add(
          "an exception speaks of a guard or of an issuer, not of both",
          "write `guard`, `operation` and `mode`, or `issuer` and `allows`; make two entries of it",
          "exceptions",
          at);
    } else if (name == null || allows == null) {
      add(
          "`exceptions[" + at + "]`: `" + (name == null ? "issuer" : "allows") + "` is missing",
          name == null ? "name the issuer" : "write `shared-secret` or `no-audience`",
          "exceptions",
          at);
    } else if (!names().contains(name)) {
      String advice = Nearest.advice(name, names());
      add(
          "`" + name + "` is no issuer",
          advice.isEmpty() ? "name one of those below `issuers`" : advice,
          "exceptions",
          at,
          "issuer");
    } else if (issuers.get(name) instanceof Issuer issuer) {
      fits(name, issuer, allows, index);
    }
  }

  private void fits(String name, Issuer issuer, Allows allows, int index) {
    String at = String.valueOf(index);
    String needless =
        switch (allows) {
          case SHARED_SECRET -> issuer.secret() == null ? "`" + name + "` has no `secret`" : "";
          case NO_AUDIENCE -> {
            if (issuer.introspection() != null) {
              yield "`" + name + "` is asked about each token";
            }
            yield issuer.clients().isEmpty()
                ? ""
                : "tokens of `" + name + "` without `aud` are told by their `clients`";
          }
          case OPEN_WHEN_GONE -> "an issuer decides nothing";
        };
    if (!needless.isEmpty()) {
      add(
          needless + ", so the exception has no effect",
          "remove the entry",
          "exceptions",
          at,
          "allows");
    } else if (first(name, allows) < index) {
      add(
          "`" + name + "` is excused twice",
          "leave one of the entries",
          "exceptions",
          at,
          "issuer");
    }
    if (issuer.profile() == Issuer.Profile.FAPI_2_0) {
      add(
          "FAPI 2.0 bears with no weak tokens",
          "remove the entry, or the `profile` of `" + name + "`",
          "exceptions",
          at,
          "issuer");
    }
  }

  private boolean isExcused(String name, Allows lacking) {
    return first(name, lacking) < Integer.MAX_VALUE;
  }

  private int first(String name, Allows lacking) {
    List<?> entries = exceptions == null ? List.of() : exceptions;
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i) instanceof ExceptionEntry entry && entry.excuses(name, lacking)) {
        return i;
      }
    }
    return Integer.MAX_VALUE;
  }

  private List<String> names() {
    return root.get("issuers") instanceof Node.Obj object
        ? List.copyOf(object.members().keySet())
        : List.of();
  }

  private void add(String message, String advice, String... path) {
    problems.add(Places.nearest(root, path).place(), message, advice);
  }
}
