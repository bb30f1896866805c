package dev.gatewarden.demo.broken.forum;

import static dev.gatewarden.demo.broken.forum.ForumFault.COOKIE_BARE;
import static dev.gatewarden.demo.broken.forum.ForumFault.SESSION_AFTER_LOGOUT;
import static dev.gatewarden.demo.broken.forum.ForumFault.SESSION_COUNTED;
import static dev.gatewarden.demo.broken.forum.ForumFault.SESSION_FIXED;
import static dev.gatewarden.demo.broken.forum.ForumFault.SESSION_IN_ADDRESS;

import dev.gatewarden.demo.broken.Ask;
import dev.gatewarden.demo.broken.Jwt;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Who is logged in.
final class Sessions {

  /// One login.
  ///
  /// @param csrf what forms of this session hold
  record Session(String id, String user, String csrf) {}

  private final Predicate<ForumFault> on;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Session> open = new HashMap<>();
  private int counted = 1000;

  Sessions(Predicate<ForumFault> on) {
    this.on = on;
  }

  void clear() {
    open.clear();
    counted = 1000;
  }

  Session begin(Ask ask, String user) {
    String brought = ask.cookie("sid");
    String id = on.test(SESSION_COUNTED) ? Integer.toString(++counted) : fresh();
    if (on.test(SESSION_FIXED) && brought != null) {
      id = brought;
    }
    Session session = new Session(id, user, fresh());
    open.put(id, session);
    return session;
  }

  @Nullable Session of(Ask ask) {
    String id = ask.cookie("sid");
    if (id == null && on.test(SESSION_IN_ADDRESS)) {
      id = ask.query("sid");
    }
    return id == null ? null : open.get(id);
  }

  void end(Session session) {
    if (!on.test(SESSION_AFTER_LOGOUT)) {
      open.remove(session.id());
    }
  }

  /// Ends every session of somebody whose password has changed.
  void endAll(String user) {
    open.values().removeIf(session -> session.user().equals(user));
  }

  boolean knowsCsrf(String token) {
    return open.values().stream().anyMatch(session -> session.csrf().equals(token));
  }

  String cookie(Session session) {
    return "sid="
        + session.id()
        + "; Path=/"
        + (on.test(COOKIE_BARE) ? "" : "; HttpOnly; Secure; SameSite=Lax");
  }

  private String fresh() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return Jwt.encoded(bytes);
  }
}
