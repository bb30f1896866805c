package dev.gatewarden.app.configuration;

import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Pointer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What must hold between decision points, the APIs that ask them, and the exceptions for them.
final class PointChecks {
  private static final String EMBEDDED = "cedar";

  private final Problems problems;
  private final Node.Obj root;
  private final Map<String, Object> parts;
  private final Set<String> opened = new HashSet<>();

  /// @param parts the bound values by the keys of the file
  PointChecks(Problems problems, Node.Obj root, Map<String, Object> parts) {
    this.problems = problems;
    this.root = root;
    this.parts = parts;
  }

  void all() {
    Set<String> asked = new HashSet<>();
    reserved();
    if (root.get("zones") != null
        && parts.get("zones") instanceof TenantZones
        && root.get("policies") == null
        && points().values().stream().noneMatch(each -> RemoteChecks.readsTime(each.kind()))) {
      add(
          "`zones` has no effect: nobody who decides is told the time",
          "write `policies`, or ask a point of `opa` or `authzen`, or remove it",
          "zones");
    }
    if (parts.get("apis") instanceof Map<?, ?> apis) {
      apis.forEach((name, api) -> named((String) name, (Api) api, asked));
      unasked(asked);
    }
    points()
        .forEach(
            (name, point) -> {
              open(name, point.whenGone(), "decision-points", name);
              new RemoteChecks(problems, root, name, point).all();
            });
    if (parts.get("apis") instanceof Map<?, ?> apis) {
      Map<String, Set<String>> known = new HashMap<>();
      apis.forEach((name, api) -> oneIssuer((String) name, (Api) api, known));
    }
    if (parts.get("policies") instanceof Policies policies) {
      open(EMBEDDED, policies.whenGone(), "policies");
      sound(policies);
    }
  }

  /// The embedded point has a name already.
  private void reserved() {
    if (root.get("decision-points") instanceof Node.Obj object
        && object.members().get(EMBEDDED) != null) {
      problems.add(
          object.members().get(EMBEDDED).namePlace(),
          "`cedar` is the name of the `policies` of this file",
          "give the decision point another name");
    }
  }

  private void sound(Policies policies) {
    policies.claims().forEach((name, claim) -> pointer(claim.at(), "policies", "claims", name));
    if (policies.groups() != null) {
      pointer(policies.groups(), "policies", "groups");
    }
    if (policies.reload().isNegative() || policies.reload().toMillis() > 86_400_000) {
      add("`reload` is between `0s` and `24h`", "leave it out for the usual", "policies", "reload");
    }
  }

  private void pointer(String text, String... path) {
    Pointer pointer = Pointer.parse(text);
    if (pointer == null || pointer.tokens().isEmpty()) {
      add(
          "`" + Scalars.shortened(text) + "` is no JSON pointer",
          "write it as `/department`",
          path);
    }
  }

  private void named(String api, Api settings, Set<String> asked) {
    List<String> names = settings.decideBy();
    if (names == null) {
      asked.add(EMBEDDED);
    }
    for (int i = 0; names != null && i < names.size(); i++) {
      String name = names.get(i);
      if (!names().contains(name)) {
        add(
            "`" + Scalars.shortened(name) + "` decides nothing here",
            advice(name),
            "apis",
            api,
            "decide-by",
            String.valueOf(i));
      } else if (names.indexOf(name) < i) {
        add("`" + name + "` is named twice", "name it once", "apis", api, "decide-by");
      }
      asked.add(name);
    }
  }

  private String advice(String name) {
    String advice = Nearest.advice(name, names());
    if (!advice.isEmpty()) {
      return advice;
    }
    return name.equals(EMBEDDED)
        ? "write `policies: [policies/*.cedar]`"
        : "define it below `decision-points`";
  }

  /// Two issuers may each have an `alice`; who knows users by that name alone cannot tell them
  /// apart,
  /// at one API or at several.
  private void oneIssuer(String api, Api settings, Map<String, Set<String>> known) {
    List<String> names = settings.decideBy();
    for (String name : names == null ? List.<String>of() : names) {
      ExternalPoint point = points().get(name);
      if (point == null
          || point.users() != ExternalPoint.Users.SUBJECT
          || !RemoteChecks.namesUsers(point.kind())) {
        continue;
      }
      Set<String> issuers = known.computeIfAbsent(name, _ -> new HashSet<>());
      issuers.addAll(naming(settings));
      if (issuers.size() > 1) {
        add(
            "`" + name + "` would take users of the same name at two issuers for one",
            "write `users: issuer-subject`",
            "apis",
            api,
            "decide-by");
      }
    }
  }

  /// Who names the users of an API; a session's users are its issuer's, and senders have none.
  private Set<String> naming(Api settings) {
    Set<String> names = new HashSet<>();
    for (String prover : settings.security().values()) {
      if (parts.get("sessions") instanceof Map<?, ?> sessions
          && sessions.get(prover) instanceof BrowserSession session) {
        names.add(session.issuer());
      } else if (!(parts.get("senders") instanceof Map<?, ?> senders)
          || !senders.containsKey(prover)) {
        names.add(prover);
      }
    }
    return names;
  }

  /// A point that no API asks has no effect.
  private void unasked(Set<String> asked) {
    if (root.get("decision-points") instanceof Node.Obj object) {
      for (Node.Member member : object.entries()) {
        if (!asked.contains(member.name())) {
          problems.add(
              member.namePlace(),
              "decision point `"
                  + Scalars.shortened(member.name())
                  + "` has no effect: no API decides by it",
              "name it in an API's `decide-by`, or remove it");
        }
      }
    }
    if (root.get("policies") != null && !asked.contains(EMBEDDED)) {
      add(
          "`policies` have no effect: no API decides by them",
          "name `cedar` in an API's `decide-by`, or remove them",
          "policies");
    }
  }

  private void open(String name, ExternalPoint.WhenGone whenGone, String... path) {
    if (whenGone == ExternalPoint.WhenGone.OPEN && !isExcused(name)) {
      String[] below = Arrays.copyOf(path, path.length + 1);
      below[path.length] = "when-gone";
      add(
          "nobody would be refused while `" + name + "` is gone",
          "write `when-gone: closed`, or bear with it for a time: `exceptions: [{decision-point: "
              + name
              + ", allows: open-when-gone, because: …, owner: …, until: …}]`",
          below);
    }
  }

  /// Checks one exception that names a decision point, or what one may fail to do.
  void exception(ExceptionEntry entry, int index) {
    String at = String.valueOf(index);
    String name = entry.decisionPoint();
    if (entry.guard() != null
        || entry.operation() != null
        || entry.mode() != null
        || entry.issuer() != null) {
      add(
          "an exception speaks of a guard, of an issuer or of a decision point",
          "write `decision-point` and `allows` alone; make two entries of it",
          "exceptions",
          at);
    } else if (name == null || entry.allows() != ExceptionEntry.Allows.OPEN_WHEN_GONE) {
      add(
          "`exceptions["
              + at
              + "]`: "
              + (name == null ? "`decision-point` is missing" : "`allows` is not `open-when-gone`"),
          name == null ? "name the decision point" : "write `allows: open-when-gone`",
          "exceptions",
          at);
    } else if (!names().contains(name)) {
      add(
          "`" + Scalars.shortened(name) + "` is no decision point",
          advice(name),
          "exceptions",
          at,
          "decision-point");
    } else if (!opened.add(name)) {
      add(
          "`" + name + "` has an exception already",
          "keep one of the two entries",
          "exceptions",
          at,
          "decision-point");
    } else if (closes(name)) {
      add(
          "`" + name + "` refuses when it is gone, so the exception has no effect",
          "remove the entry, or write `when-gone: open`",
          "exceptions",
          at,
          "decision-point");
    }
  }

  private boolean closes(String name) {
    if (name.equals(EMBEDDED)) {
      return parts.get("policies") instanceof Policies policies
          && policies.whenGone() == ExternalPoint.WhenGone.CLOSED;
    }
    ExternalPoint point = points().get(name);
    return point != null && point.whenGone() == ExternalPoint.WhenGone.CLOSED;
  }

  /// What is wrong with exceptions as a whole was said; it would be said again of each point.
  private boolean isExcused(String name) {
    return !(parts.get("exceptions") instanceof List<?> entries)
        || entries.stream()
            .anyMatch(each -> each instanceof ExceptionEntry entry && entry.opens(name));
  }

  @SuppressWarnings("unchecked") // the section is bound to a map of them
  private Map<String, ExternalPoint> points() {
    return parts.get("decision-points") instanceof Map<?, ?> bound
        ? (Map<String, ExternalPoint>) bound
        : Map.of();
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    if (root.get("decision-points") instanceof Node.Obj object) {
      names.addAll(object.members().keySet());
    }
    if (root.get("policies") != null) {
      names.add(EMBEDDED);
    }
    return names;
  }

  private void add(String message, String advice, String... path) {
    problems.add(Places.nearest(root, path).place(), message, advice);
  }
}
