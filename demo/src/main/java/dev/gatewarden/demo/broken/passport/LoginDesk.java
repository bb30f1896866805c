package dev.gatewarden.demo.broken.passport;

import dev.gatewarden.demo.broken.Ask;
import dev.gatewarden.demo.broken.Attempts;
import dev.gatewarden.demo.broken.Fields;
import dev.gatewarden.demo.broken.Refused;
import dev.gatewarden.demo.broken.Who;
import dev.gatewarden.demo.http.Answer;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Where people show the authorization server who they are.
final class LoginDesk {

  private final boolean unlimited;
  private final Attempts guesses;
  private final Map<String, String> sessions = new HashMap<>();

  /// @param unlimited whether passwords may be guessed without end
  LoginDesk(boolean unlimited, Clock clock) {
    this.unlimited = unlimited;
    this.guesses = new Attempts(clock, 5, Duration.ofMinutes(1));
  }

  void clear() {
    sessions.clear();
    guesses.clear();
  }

  Answer login(Ask ask) {
    ObjectNode wish = ask.object("application/json");
    Fields.of(wish).needs("user", "password").text("user", 1, 40).text("password", 1, 120).only();
    String user = wish.path("user").asString();
    check(user, wish.path("password").asString());
    String session = UUID.randomUUID().toString();
    sessions.put(session, user);
    return Answer.empty(204)
        .with("set-cookie", "sso=" + session + "; Path=/; HttpOnly; Secure; SameSite=Lax");
  }

  /// @throws Refused when that is not the user's password
  void check(String user, String password) {
    if (!unlimited) {
      guesses.check(user);
    }
    boolean known = Who.ALL.stream().anyMatch(who -> who.name().equals(user));
    if (!known || !password.equals(user + "-travels-much")) {
      guesses.count(user);
      throw new Refused(401, "name or password is wrong", "www-authenticate", "Cookie");
    }
    guesses.forget(user);
  }

  /// Who is logged in.
  ///
  /// @throws Refused when nobody is
  String user(Ask ask) {
    String user = known(ask.cookie("sso"));
    if (user == null) {
      throw new Refused(401, "log in first", "www-authenticate", "Cookie");
    }
    return user;
  }

  private @Nullable String known(@Nullable String session) {
    return session == null ? null : sessions.get(session);
  }
}
