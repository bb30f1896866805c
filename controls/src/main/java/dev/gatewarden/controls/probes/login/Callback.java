package dev.gatewarden.controls.probes.login;

import dev.gatewarden.controls.probes.Honest;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.core.probe.Identity.Where;
import dev.gatewarden.core.probe.OAuth;
import dev.gatewarden.core.probe.Scene;
import dev.gatewarden.core.probe.SignIn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The callback of an API that is a client of an authorization server, by which somebody of the
/// tester's own was logged in as is right.
///
/// @param operation that the contract calls it, or null where it does not name it
/// @param start where logins begin
/// @param who logs in
/// @param person their browser at the authorization server
/// @param door a request that the login opens and nothing else does
record Callback(
    Scene scene,
    SignIn signIn,
    @Nullable Operation operation,
    String start,
    Identity who,
    Visitor person,
    Draft door) {
  private static final int TRIES = 4;
  private static final List<String> TOKENS = List.of("access_token", "accessToken", "token");
  private static final Pattern BEGINS =
      Pattern.compile("(?i).*(log-?in|sign-?in|authori[sz]|oauth|oidc|sso|connect).*");

  /// Logs the first identity in that can; null where none can, which is told where there is a
  /// callback.
  static @Nullable Callback of(Scene scene) {
    Operation operation = named(scene);
    SignIn signIn = scene.signIn();
    if (signIn == null || signIn.people().isEmpty()) {
      if (operation != null) {
        scene.untested(
            operation,
            "nobody says how people log in at its authorization server: name `login` and `callback`"
                + " in `oauth`, and a `user` and a `password` of an identity");
      }
      return null;
    }
    String start = start(scene, signIn, operation);
    if (start == null) {
      if (operation != null || signIn.callback() != null) {
        scene.untested(
            operation, "no operation was found that begins a login; name `start` in `callback`");
      }
      return null;
    }
    for (Identity each : scene.identities()) {
      Identity.Login login = signIn.people().get(each.name());
      Visitor person = new Visitor(scene::send);
      Answer entered = login == null ? null : person.logIn("login of " + each, login);
      if (entered != null && entered.status() != 0 && entered.status() < 400) {
        Draft door = door(scene, signIn, operation, start, each, person);
        return door == null
            ? null
            : new Callback(scene, signIn, operation, start, each, person, door);
      }
    }
    scene.untested(operation, "no identity could log in at the authorization server");
    return null;
  }

  /// The operation that takes a code and a state.
  private static @Nullable Operation named(Scene scene) {
    for (Operation each : scene.contract().operations()) {
      if (each.safe() && takes(each, "code") && takes(each, "state")) {
        return each;
      }
    }
    return null;
  }

  private static boolean takes(Operation operation, String name) {
    return operation.parameters().stream()
        .anyMatch(each -> each.in() == Parameter.In.QUERY && each.name().equals(name));
  }

  private static @Nullable String start(Scene scene, SignIn signIn, @Nullable Operation operation) {
    OAuth.Endpoint said = signIn.start();
    if (said != null || operation == null) {
      return said == null ? null : said.address();
    }
    int tries = 0;
    for (Operation each : scene.operations()) {
      boolean begins =
          each.safe()
              && !each.equals(operation)
              && each.path().variables().isEmpty()
              && BEGINS.matcher(each.path().text()).matches();
      if (begins && tries++ < TRIES) {
        String address = signIn.root() + each.path().text();
        if (Trip.begin(new Visitor(scene::send), address, Map.of()) != null) {
          return address;
        }
      }
    }
    return null;
  }

  /// The honest login, and what it opens; null where it opens nothing, which is told.
  private static @Nullable Draft door(
      Scene scene,
      SignIn signIn,
      @Nullable Operation operation,
      String start,
      Identity who,
      Visitor person) {
    Trip trip = Trip.begin(new Visitor(scene::send), start, Map.of());
    Trip.Given given = trip == null ? null : given(trip, signIn, person);
    if (trip == null || given == null) {
      scene.untested(
          operation,
          trip == null
              ? "what begins a login leads to no authorization server"
              : "the authorization server gives no code in an address; name it by `--allow` where"
                  + " it stands elsewhere");
      return null;
    }
    Answer arrived = given.to(trip.browser());
    Draft door =
        arrived.status() == 0 || arrived.status() >= 400
            ? null
            : Honest.closed(scene, in(who, trip.browser(), given.at(), arrived));
    Trip other = door == null ? null : Trip.begin(new Visitor(scene::send), start, Map.of());
    if (door == null || other == null) {
      scene.untested(
          operation,
          "a good code is answered " + arrived.status() + ", and opens no operation of the API");
      return null;
    }
    Identity waiting = other.browser().as(who, given.at());
    if (scene.send(door.as(waiting)).ok()) {
      scene.untested(operation, "what a login opens is open to whoever began one");
      return null;
    }
    return door;
  }

  private static Trip.@Nullable Given given(Trip trip, SignIn signIn, Visitor person) {
    OAuth.Endpoint said = signIn.callback();
    return trip.given(person, signIn.root(), said == null ? null : said.address());
  }

  /// Begins a login in a browser of its own; null where it leads nowhere.
  @Nullable Trip begin() {
    return begin(new Visitor(scene::send), Map.of());
  }

  @Nullable Trip begin(Visitor browser, Map<String, String> more) {
    return Trip.begin(browser, start, more);
  }

  /// What the authorization server gives for a login; null where it gives nothing, which is told.
  Trip.@Nullable Given given(@Nullable Trip trip) {
    Trip.Given given = trip == null ? null : given(trip, signIn, person);
    if (given == null) {
      scene.untested(operation, "a login that worked does not work again");
    }
    return given;
  }

  /// The answer that shows that a browser is logged in after it came back; null where it is not.
  @Nullable Answer entered(Visitor browser, Trip.Given given, Answer arrived) {
    if (arrived.status() == 0 || arrived.status() >= 400) {
      return null;
    }
    return opened(in(who, browser, given.at(), arrived));
  }

  /// The answer that the login's door gives somebody; null where it refuses.
  @Nullable Answer opened(Identity somebody) {
    Answer answer = somebody.presents().isEmpty() ? null : scene.send(door.as(somebody));
    return answer != null && answer.ok() ? answer : null;
  }

  /// Whoever a browser is after it came back.
  private static Identity in(Identity who, Visitor browser, String at, Answer arrived) {
    List<Presented> presents = new ArrayList<>(browser.presents(at));
    for (String each : TOKENS) {
      String token = Json.scalar(Json.at(arrived.json(), List.of(each)));
      if (token != null) {
        presents.add(new Presented(Where.HEADER, "Authorization", "Bearer ", token));
        break;
      }
    }
    return who.presenting(who.name() + ", by the callback", presents);
  }

  void found(String place, Severity severity, String what, List<Integer> attempts) {
    scene.found(new Fault(operation, place, severity, Confidence.PROVED, what, attempts));
  }

  void withstood() {
    scene.withstood(operation);
  }
}
