package dev.gatewarden.controls.probes.account;

import dev.gatewarden.controls.probes.login.Entrance;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Shape;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.core.probe.Identity.Where;
import dev.gatewarden.core.probe.Scene;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An account that the tester made, and somebody who is logged in to it.
///
/// @param user the name by which it logs in
/// @param known what the API called it when it was made, by the member's name
/// @param registered the attempt that made it
record Newcomer(
    Identity as,
    Entrance entrance,
    Operation registration,
    String user,
    String secret,
    Map<String, String> known,
    int registered) {
  private static final Pattern REGISTERS =
      Pattern.compile("(?i).*(regist|sign[-_]?up|enrol|create[-_]?(user|account)).*");
  private static final Pattern PEOPLE =
      Pattern.compile("(?i)(user|account|member|customer|people|person|profile|patient)s?");
  private static final int TOKEN = 12;

  /// Makes an account and logs in; null where nobody can, which is told.
  ///
  /// @param more members that its registration says beside its own
  static @Nullable Newcomer of(Scene scene, Map<String, Node> more) {
    for (Identity each : scene.identities()) {
      Entrance entrance = Entrance.of(scene, each);
      if (entrance == null || entrance.user().isEmpty() || entrance.secret().isEmpty()) {
        continue;
      }
      Operation registration = registration(scene, entrance);
      if (registration == null) {
        scene.untested(null, "no operation makes accounts that log in as `" + each + "` does");
        return null;
      }
      return of(scene, entrance, registration, more);
    }
    scene.untested(null, "no identity logs in by a request that the contract names");
    return null;
  }

  private static @Nullable Operation registration(Scene scene, Entrance entrance) {
    for (Operation each : scene.operations()) {
      boolean open = !each.security().stated() || each.security().admitsAnonymous();
      Map<String, Shape> members = asked(each);
      if (each.method().equals("POST")
          && open
          && each != entrance.operation()
          && each.path().variables().isEmpty()
          && (REGISTERS.matcher(each.path().text() + " " + each.id().name()).matches()
              || PEOPLE.matcher(last(each.path().text())).matches())
          && members.containsKey(entrance.user())
          && members.containsKey(entrance.secret())) {
        return each;
      }
    }
    return null;
  }

  private static @Nullable Newcomer of(
      Scene scene, Entrance entrance, Operation registration, Map<String, Node> more) {
    Draft draft = scene.honest(registration, Identity.NOBODY);
    if (draft == null || !(draft.body() instanceof Obj)) {
      return null;
    }
    String name = scene.marker();
    String user = entrance.user().toLowerCase(Locale.ROOT).contains("mail") ? mail(name) : name;
    // long, and of every kind of character that somebody may ask for
    String secret = "Aa1!" + scene.marker() + scene.marker();
    draft =
        fresh(scene, draft)
            .member(List.of(entrance.user()), Json.of(user))
            .member(List.of(entrance.secret()), Json.of(secret));
    for (Map.Entry<String, Node> each : more.entrySet()) {
      draft = draft.member(List.of(each.getKey()), each.getValue());
    }
    Answer made = scene.send(draft);
    if (!made.ok()) {
      if (more.isEmpty()) {
        scene.untested(registration, "a new account is answered " + made.status());
      }
      return null;
    }
    Answer in =
        scene.send(entrance.draft(Map.of(entrance.user(), user, entrance.secret(), secret)));
    Identity as = in.ok() ? holder(scene, entrance, user, secret, in) : null;
    Map<String, String> known = new LinkedHashMap<>();
    gather(made.json(), known);
    gather(in.json(), known);
    known.put(entrance.user(), user);
    List<String> names = new ArrayList<>(List.of(user));
    if (as != null) {
      names.add(as.name());
    }
    Map<String, String> registered = new LinkedHashMap<>();
    gather(made.json(), registered);
    known.forEach(
        (member, value) -> {
          // the id of a login is its own, until it says whose
          String own = registered.containsKey(member) ? "_?id|uuid|" : "";
          if (member.toLowerCase(Locale.ROOT).matches(own + "(user|account|member)_?(id|uuid)")) {
            names.add(value);
          }
        });
    scene.account(names);
    if (as == null) {
      scene.untested(registration, "who has just registered could not log in");
      return null;
    }
    return new Newcomer(as, entrance, registration, user, secret, known, made.attempt());
  }

  /// Texts that may have to be nobody else's.
  static Draft fresh(Scene scene, Draft draft) {
    Draft here = draft;
    Map<String, Shape> members = asked(draft.operation());
    if (!(draft.body() instanceof Obj body)) {
      return draft;
    }
    for (Node.Member each : body.entries()) {
      Shape shape = members.get(each.name());
      String lower = each.name().toLowerCase(Locale.ROOT);
      boolean free =
          shape == null || !(shape.has("enum") || shape.has("pattern") || shape.has("format"));
      if (!(each.value() instanceof Node.Text)) {
        continue;
      }
      if (lower.contains("mail")) {
        here = here.member(List.of(each.name()), Json.of(mail(scene.marker())));
      } else if (free && lower.matches(".*(phone|mobile|tel)([^a-z].*)?")) {
        long number = Math.floorMod(scene.marker().hashCode(), 9_000_000L) + 1_000_000L;
        here = here.member(List.of(each.name()), Json.of("+1555" + number));
      } else if (free && !lower.matches(".*(date|birth|role|type|status|gender|country|lang).*")) {
        here = here.member(List.of(each.name()), Json.of(scene.marker()));
      }
    }
    return here;
  }

  private static String mail(String name) {
    return name + "@example.org";
  }

  /// Whoever presents what the login gave, in the place where the others present theirs.
  private static @Nullable Identity holder(
      Scene scene, Entrance entrance, String user, String secret, Answer in) {
    String token = token(in.json());
    List<Presented> presents = new ArrayList<>();
    for (Presented each : entrance.who().presents()) {
      if (each.where() == Where.HEADER && token != null) {
        presents.add(new Presented(each.where(), each.name(), each.prefix(), token));
      }
    }
    if (presents.isEmpty()) {
      return null;
    }
    Principal is = entrance.who().is();
    Map<String, String> members = new LinkedHashMap<>(entrance.login().members());
    members.put(entrance.user(), user);
    members.put(entrance.secret(), secret);
    return new Identity(
        "newcomer " + scene.marker(),
        new Principal(
            is.issuer(),
            user,
            is.tenant(),
            is.client(),
            is.scopes(),
            Set.of(),
            Map.of(),
            List.of()),
        presents,
        Map.of(),
        new Identity.Login(
            entrance.login().path(), entrance.login().address(), members, entrance.login().form()),
        false);
  }

  /// The credential in the answer to a login: what is called so, else the longest text.
  private static @Nullable String token(@Nullable Node answer) {
    Map<String, String> all = new LinkedHashMap<>();
    gather(answer, all);
    String longest = null;
    for (Map.Entry<String, String> each : all.entrySet()) {
      String value = each.getValue();
      if (value.length() < TOKEN || value.indexOf(' ') >= 0) {
        continue;
      }
      String name = each.getKey().toLowerCase(Locale.ROOT);
      if (name.matches(".*(token|jwt|session|api_?key).*") && !name.contains("refresh")) {
        return value;
      }
      longest = longest == null || value.length() > longest.length() ? value : longest;
    }
    return longest;
  }

  private static void gather(@Nullable Node node, Map<String, String> into) {
    if (node instanceof Obj object) {
      for (Node.Member each : object.entries()) {
        String scalar = Json.scalar(each.value());
        if (scalar != null) {
          into.putIfAbsent(each.name(), scalar);
        }
        gather(each.value(), into);
      }
    }
  }

  /// What the API calls this account where a path has a variable of that name; null where nobody
  /// can tell.
  @Nullable String named(Operation operation, String variable) {
    String name = plain(variable);
    for (Map.Entry<String, String> each : known.entrySet()) {
      if (plain(each.getKey()).equals(name) && !name.equals("id")) {
        return each.getValue();
      }
    }
    String path = operation.path().text();
    int at = path.indexOf("/{" + variable + "}");
    boolean people = at > 0 && PEOPLE.matcher(last(path.substring(0, at))).matches();
    boolean id = name.endsWith("id");
    String own = known.get("id");
    return name.matches("user(name)?|login") ? user : people && id ? own : null;
  }

  /// Whether somebody is let in by a password.
  boolean opens(Scene scene, String password) {
    Answer answer =
        scene.send(entrance.draft(Map.of(entrance.user(), user, entrance.secret(), password)));
    return answer.ok() && token(answer.json()) != null && named(answer, "token|jwt|session|key");
  }

  /// Whether it is refused by its own password; who is only asked to wait is not.
  boolean isShut(Scene scene) {
    Answer answer =
        scene.send(entrance.draft(Map.of(entrance.user(), user, entrance.secret(), secret)));
    return answer.refusesWithin()
        || (answer.status() >= 400 && answer.status() < 500 && answer.status() != 429);
  }

  private static boolean named(Answer answer, String like) {
    Map<String, String> all = new LinkedHashMap<>();
    gather(answer.json(), all);
    return all.keySet().stream()
        .anyMatch(each -> each.toLowerCase(Locale.ROOT).matches(".*(" + like + ").*"));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// The members that a request's body may have, by the contract.
  static Map<String, Shape> asked(Operation operation) {
    if (operation.body() == null) {
      return Map.of();
    }
    for (Content.MediaType each : operation.body().content().types().values()) {
      if (each.schema() != null) {
        return Shape.of(each.schema()).members();
      }
    }
    return Map.of();
  }
}
