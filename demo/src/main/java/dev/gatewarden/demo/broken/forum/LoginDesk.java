package dev.gatewarden.demo.broken.forum;

import static dev.gatewarden.demo.broken.forum.ForumFault.DEFAULT_MODERATOR;
import static dev.gatewarden.demo.broken.forum.ForumFault.LOGIN_LEADS_AWAY;
import static dev.gatewarden.demo.broken.forum.ForumFault.LOGIN_TELLS_WHO_IS_KNOWN;
import static dev.gatewarden.demo.broken.forum.ForumFault.LOGIN_UNLIMITED;
import static dev.gatewarden.demo.broken.forum.ForumFault.OPEN_REDIRECT;
import static dev.gatewarden.demo.broken.forum.ForumFault.RESET_CODE_TOLD;
import static dev.gatewarden.demo.broken.forum.ForumFault.RESET_TELLS_WHO_IS_KNOWN;
import static dev.gatewarden.demo.broken.forum.ForumFault.RESET_UNLIMITED;

import dev.gatewarden.demo.broken.Ask;
import dev.gatewarden.demo.broken.Attempts;
import dev.gatewarden.demo.broken.Refused;
import dev.gatewarden.demo.broken.Who;
import dev.gatewarden.demo.http.Answer;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// Where people log in, and get a new password when they forgot theirs.
final class LoginDesk {

  private static final Pattern OWN_PATH = Pattern.compile("/([a-z0-9_-][a-z0-9/_-]{0,80})?");
  private static final Pattern PLAIN = Pattern.compile("[\\x21-\\x7e]{1,200}");

  private final Predicate<ForumFault> on;
  private final Sessions sessions;
  private final Attempts guesses;
  private final Attempts mails;
  private final Map<String, String> passwords = new HashMap<>();
  private final Map<String, String> codes = new HashMap<>();

  LoginDesk(Predicate<ForumFault> on, Sessions sessions, Clock clock) {
    this.on = on;
    this.sessions = sessions;
    this.guesses = new Attempts(clock, 5, Duration.ofMinutes(1));
    this.mails = new Attempts(clock, 3, Duration.ofMinutes(1));
  }

  void fill() {
    passwords.clear();
    codes.clear();
    guesses.clear();
    mails.clear();
    for (Who who : Who.ALL) {
      passwords.put(who.name(), who.name() + "-writes-much");
    }
    if (on.test(DEFAULT_MODERATOR)) {
      passwords.put("admin", "admin");
    }
  }

  Answer login(Ask ask) {
    Form form = Form.of(ask);
    String user = form.needs("user", 1, 40);
    String password = form.needs("password", 1, 120);
    String next = ownPath(form.may("next", 1, 200, "/session"), on.test(LOGIN_LEADS_AWAY));
    if (!on.test(LOGIN_UNLIMITED)) {
      guesses.check(user);
    }
    if (!password.equals(passwords.get(user))) {
      guesses.count(user);
      throw refused(user);
    }
    guesses.forget(user);
    return Answer.empty(303)
        .with("location", next)
        .with("set-cookie", sessions.cookie(sessions.begin(ask, user)));
  }

  private Refused refused(String user) {
    String title = "name or password is wrong";
    if (on.test(LOGIN_TELLS_WHO_IS_KNOWN)) {
      title = passwords.containsKey(user) ? "wrong password" : "no such user";
    }
    return new Refused(401, title);
  }

  Answer forgotten(Ask ask) {
    String email = Form.of(ask).needs("email", 3, 120);
    String user = email.split("@", 2)[0];
    boolean known = passwords.containsKey(user) && email.equals(user + "@forum.example");
    if (!known && on.test(RESET_TELLS_WHO_IS_KNOWN)) {
      throw new Refused(404, "nobody has that address");
    }
    if (!on.test(RESET_UNLIMITED)) {
      mails.check(email);
      mails.count(email);
    }
    ObjectNode json = Ask.json().put("message", "look into your mail");
    if (known) {
      String code = UUID.randomUUID().toString();
      codes.put(code, user);
      if (on.test(RESET_CODE_TOLD)) {
        json.put("code", code);
      }
    }
    return Answer.json(202, json.toString());
  }

  Answer renew(Ask ask) {
    Form form = Form.of(ask);
    String code = form.needs("code", 1, 80);
    String password = form.needs("password", 12, 120);
    String user = codes.remove(code);
    if (user == null) {
      throw new Refused(404, "the code is not good any more");
    }
    passwords.put(user, password);
    sessions.endAll(user);
    return Answer.empty(204);
  }

  Answer go(Ask ask) {
    String to = ask.query("to");
    return Answer.empty(303)
        .with("location", ownPath(to == null ? "" : to, on.test(OPEN_REDIRECT)));
  }

  private static String ownPath(String path, boolean anywhere) {
    if (!(anywhere ? PLAIN : OWN_PATH).matcher(path).matches()) {
      throw new Refused(400, "that is no path of the forum");
    }
    return path;
  }
}
