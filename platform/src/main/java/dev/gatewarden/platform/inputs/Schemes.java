package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.core.probe.Identity.Where;
import dev.gatewarden.platform.discovery.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The security schemes that the credentials of some requests are of.
final class Schemes {
  /// What a path ends with that nobody can have a credential for yet.
  private static final Set<String> LOGINS =
      Set.of(
          "login",
          "signin",
          "authenticate",
          "register",
          "signup",
          "token",
          "refresh",
          "forgotpassword",
          "resetpassword",
          "health",
          "healthz",
          "ping",
          "ready");

  private static final String ASSUMED = "credential";

  private final Place place;
  private final Map<String, Presented> all = new LinkedHashMap<>();
  private final boolean assumed;

  Schemes(Place place, List<Example> examples) {
    this.place = place;
    for (Example each : examples) {
      each.presents().forEach(one -> all.putIfAbsent(name(one), one));
    }
    this.assumed = all.isEmpty();
  }

  /// Whether nothing presented any, and one is taken for granted.
  boolean assumed() {
    return assumed;
  }

  /// Whether a header or a query parameter is a credential.
  boolean holds(Where where, String name) {
    return all.values().stream()
        .anyMatch(each -> each.where() == where && each.name().equalsIgnoreCase(name));
  }

  /// The schemes as a contract declares them.
  Obj object() {
    Tree schemes = new Tree(place);
    all.forEach((name, each) -> schemes.put(name, scheme(each)));
    if (assumed) {
      schemes.put(ASSUMED, new Tree(place).put("type", "http").put("scheme", "bearer").object());
    }
    return schemes.object();
  }

  private Obj scheme(Presented each) {
    Tree scheme = new Tree(place);
    if (each.where() == Where.HEADER && !standard(each).isEmpty()) {
      return scheme.put("type", "http").put("scheme", standard(each)).object();
    }
    return scheme
        .put("type", "apiKey")
        .put("in", each.where().name().toLowerCase(Locale.ROOT))
        .put("name", each.name())
        .object();
  }

  private static String standard(Presented each) {
    boolean header = each.name().equalsIgnoreCase("authorization");
    return header && (each.prefix().equals("Bearer ") || each.prefix().equals("Basic "))
        ? each.prefix().strip().toLowerCase(Locale.ROOT)
        : "";
  }

  private static String name(Presented each) {
    String standard = standard(each);
    return standard.isEmpty()
        ? each.where().name().toLowerCase(Locale.ROOT)
            + "-"
            + each.name().replaceAll("[^A-Za-z0-9._-]", "-")
        : standard;
  }

  /// Who may call an operation, as its requests show.
  List<Node> of(String method, String path, List<Example> asked) {
    String last = Words.plain(path.substring(path.lastIndexOf('/') + 1));
    if (LOGINS.contains(last) && (method.equals("POST") || last.length() < 8)) {
      return List.of();
    }
    if (assumed) {
      return List.of(new Tree(place).put(ASSUMED, List.of()).object());
    }
    for (Example each : asked) {
      if (!each.presents().isEmpty()) {
        Tree together = new Tree(place);
        each.presents().forEach(one -> together.put(name(one), List.of()));
        return List.of(together.object());
      }
    }
    return List.of();
  }
}
