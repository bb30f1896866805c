package dev.gatewarden.controls.probes.input;

import dev.gatewarden.controls.probes.Honest;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Shape;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts conditions behind good values of what is only read, one that is true and one that is false.
///
/// Where the first changes nothing and the second something, the database read both. At a login,
/// the
/// password is made a comment. Nothing is sent that could write, and no error has to be shown.
@Attack(
    id = "injection",
    title = "what callers send is read as a part of a query",
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 89,
    changes = true,
    remedy = "hand values to the database as parameters, never as a part of the query's text",
    guards = "request-schema")
public final class InjectionProbe implements Probe {

  /// A true condition, and the same one false, each in two wordings; for texts and for numbers.
  private record Pair(String truth, String lie, String truthAgain, String lieAgain) {}

  private static final List<Pair> PAIRS =
      List.of(
          new Pair("' AND '1'='1", "' AND '1'='2", "' AND '3'='3", "' AND '3'='4"),
          new Pair(" AND 1=1", " AND 1=2", " AND 3=3", " AND 3=4"),
          new Pair("' OR '1'='2", "' OR '1'='1", "' OR '3'='4", "' OR '3'='3"));
  private static final Pattern SELECTING =
      Pattern.compile(
          "(?i)(id|key|code|no|nr|num|number|type|status|state|filter|where|sort|order|by|from|to|user"
              + "|owner|tag|kind|group|date)s?$");
  private static final List<String> COMMENTS = List.of("' -- ", "'#");
  private static final int MOST_PARAMETERS = 3;

  /// So many more, of those that nothing but their type speaks for; and so many in all operations.
  private static final int MOST_OTHERS = 4;

  private static final int MOST_OTHERS_IN_ALL = 12;

  @Override
  public void run(Scene scene) {
    int left = MOST_OTHERS_IN_ALL;
    for (Operation operation : scene.operations()) {
      Draft honest = operation.safe() ? Honest.of(scene, operation) : null;
      if (honest != null) {
        left -= read(scene, honest, Math.min(left, MOST_OTHERS));
      }
    }
    for (Identity each : scene.identities()) {
      if (each.login() != null && !each.login().path().isEmpty()) {
        login(scene, each, each.login());
        return;
      }
    }
  }

  /// @param most so many parameters may be tried beside those that are named or sent anyway
  /// @return how many of them were
  private static int read(Scene scene, Draft honest, int most) {
    int tried = 0;
    List<Parameter> others = new ArrayList<>();
    for (Parameter each : honest.operation().parameters()) {
      boolean query = each.in() == Parameter.In.QUERY;
      String path = each.in() == Parameter.In.PATH ? honest.path().get(each.name()) : null;
      String value = query ? asked(honest, each.name(), scene) : path;
      if (value == null || value.isEmpty() || tried == MOST_PARAMETERS) {
        if (query) {
          others.add(each);
        }
        continue;
      }
      tried++;
      if (obeyed(scene, honest, each, value, PAIRS)) {
        return 0;
      }
    }
    // what is named like a key or a filter first
    others.sort(Comparator.comparing(each -> !SELECTING.matcher(each.name()).find()));
    int beside = 0;
    for (Parameter each : others) {
      String value = beside == most ? null : usual(honest, each, scene);
      if (value == null) {
        continue;
      }
      beside++;
      if (obeyed(scene, honest, each, value, pairs(each))) {
        return beside;
      }
    }
    if (tried + beside > 0) {
      scene.withstood(honest.operation());
    }
    return beside;
  }

  /// A number is never quoted.
  private static List<Pair> pairs(Parameter parameter) {
    return isNumber(Shape.of(parameter.schema())) ? List.of(PAIRS.get(1)) : PAIRS;
  }

  private static boolean isNumber(Shape shape) {
    return shape.types().contains("integer") || shape.types().contains("number");
  }

  /// What a parameter that nobody has to send is usually sent with; null for those that are neither
  /// a text nor a number.
  private static @Nullable String usual(Draft honest, Parameter parameter, Scene scene) {
    for (Draft.Pair each : honest.query()) {
      if (each.name().equals(parameter.name())) {
        return each.value().isEmpty() ? null : each.value();
      }
    }
    Shape shape = Shape.of(parameter.schema());
    if (!isNumber(shape) && !shape.types().contains("string")) {
      return null;
    }
    for (String word : List.of("default", "example", "const", "minimum")) {
      String said = Json.scalar(shape.value(word));
      if (said != null && !said.isEmpty()) {
        return said;
      }
    }
    for (String word : List.of("enum", "examples")) {
      if (shape.value(word) instanceof Node.Arr(var _, List<Node> some) && !some.isEmpty()) {
        return Json.scalar(some.getFirst());
      }
    }
    return isNumber(shape) ? "1" : shape.has("pattern") ? null : scene.marker();
  }

  /// The value that a parameter has, else a text for one that takes any.
  private static @Nullable String asked(Draft honest, String name, Scene scene) {
    for (Draft.Pair each : honest.query()) {
      if (each.name().equals(name)) {
        return each.value();
      }
    }
    return name.toLowerCase(Locale.ROOT).matches(".*(search|name|query|term|title|category|^q$).*")
        ? scene.marker()
        : null;
  }

  private static boolean obeyed(
      Scene scene, Draft honest, Parameter parameter, String value, List<Pair> pairs) {
    boolean query = parameter.in() == Parameter.In.QUERY;
    String name = parameter.name();
    Function<String, Draft> with =
        text -> query ? honest.query(name, text) : honest.path(name, text);
    String place = (query ? "query." : "path.") + name;
    Answer good = scene.send(with.apply(value));
    if (!good.ok() || good.body().length == 0) {
      return false;
    }
    for (Pair pair : pairs) {
      Answer truth = scene.send(with.apply(value + pair.truth()));
      if (!truth.sameAs(good)) {
        continue;
      }
      Answer lie = scene.send(with.apply(value + pair.lie()));
      if (lie.sameAs(good) || !speaks(lie)) {
        continue;
      }
      Answer again = scene.send(with.apply(value + pair.truthAgain()));
      if (again.sameAs(good)
          && says(scene.send(with.apply(value + pair.lieAgain())), lie)
          && scene.send(with.apply(value)).sameAs(good)) {
        Draft draft = with.apply(value);
        scene.found(
            new Fault(
                draft.operation(),
                place,
                Severity.CRITICAL,
                Confidence.PROVED,
                "a condition behind `"
                    + place
                    + "` is obeyed: a true one changes nothing, a false one does",
                List.of(good.attempt(), again.attempt(), lie.attempt())));
        return true;
      }
    }
    return false;
  }

  /// Whether a false condition in other words is answered as the first one; an error may repeat
  /// what was asked for.
  private static boolean says(Answer answer, Answer lie) {
    return answer.sameAs(lie) || (answer.status() == lie.status() && !lie.ok());
  }

  /// Whether it says something of the object, and not of the request or of the caller.
  private static boolean speaks(Answer answer) {
    return answer.ok() || answer.status() == 404;
  }

  private static void login(Scene scene, Identity identity, Identity.Login login) {
    Operation operation = null;
    for (Operation each : scene.operations()) {
      operation = each.path().text().equals(login.path()) && !each.safe() ? each : operation;
    }
    String secret = named(login, ".*(pass|pwd|secret|pin).*");
    String user = named(login, ".*(user|mail|name|login|account).*");
    if (operation == null || secret == null || user == null || user.equals(secret)) {
      return;
    }
    String known = login.members().getOrDefault(user, "");
    String wrong = scene.marker();
    Answer right = scene.send(draft(operation, login, Map.of()));
    Answer refused = scene.send(draft(operation, login, Map.of(secret, wrong)));
    if (!right.ok() || like(refused, right)) {
      return;
    }
    for (String comment : COMMENTS) {
      Answer answer =
          scene.send(draft(operation, login, Map.of(user, known + comment, secret, wrong)));
      if (like(answer, right)) {
        scene.found(
            new Fault(
                operation,
                "body#/" + user,
                Severity.CRITICAL,
                Confidence.PROVED,
                "whoever makes the password a comment is let in as `" + identity + "` without it",
                List.of(refused.attempt(), answer.attempt())));
        return;
      }
    }
    scene.withstood(operation);
  }

  /// Whether an answer has the form of another one.
  private static boolean like(Answer answer, Answer other) {
    return answer.status() == other.status() && members(answer).equals(members(other));
  }

  private static Set<String> members(Answer answer) {
    return answer.json() instanceof Node.Obj object ? object.members().keySet() : Set.of();
  }

  private static @Nullable String named(Identity.Login login, String like) {
    return login.members().keySet().stream()
        .filter(each -> each.toLowerCase(Locale.ROOT).matches(like))
        .findFirst()
        .orElse(null);
  }

  private static Draft draft(
      Operation operation, Identity.Login login, Map<String, String> changes) {
    Map<String, Node> members = new LinkedHashMap<>();
    login
        .members()
        .forEach((name, value) -> members.put(name, Json.of(changes.getOrDefault(name, value))));
    return Draft.of(operation, Identity.NOBODY)
        .body(
            Json.of(members),
            login.form() ? "application/x-www-form-urlencoded" : "application/json");
  }
}
