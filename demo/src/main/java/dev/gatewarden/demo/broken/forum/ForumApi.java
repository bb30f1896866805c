package dev.gatewarden.demo.broken.forum;

import static dev.gatewarden.demo.broken.forum.ForumFault.BAN_BY_GET;
import static dev.gatewarden.demo.broken.forum.ForumFault.BAN_FOR_ALL;
import static dev.gatewarden.demo.broken.forum.ForumFault.BOARD_GIVEN_TWICE;
import static dev.gatewarden.demo.broken.forum.ForumFault.CSRF_OF_ANYBODY;
import static dev.gatewarden.demo.broken.forum.ForumFault.CSRF_UNCHECKED;
import static dev.gatewarden.demo.broken.forum.ForumFault.DEFAULT_MODERATOR;
import static dev.gatewarden.demo.broken.forum.ForumFault.MESSAGE_DELETE;
import static dev.gatewarden.demo.broken.forum.ForumFault.MESSAGE_FROM_OTHERS;
import static dev.gatewarden.demo.broken.forum.ForumFault.MESSAGE_READ;
import static dev.gatewarden.demo.broken.forum.ForumFault.PROFILE_SETS_ROLE;

import dev.gatewarden.demo.broken.Ask;
import dev.gatewarden.demo.broken.BrokenApi;
import dev.gatewarden.demo.broken.Refused;
import dev.gatewarden.demo.broken.Routes;
import dev.gatewarden.demo.broken.Who;
import dev.gatewarden.demo.broken.forum.Sessions.Session;
import dev.gatewarden.demo.http.Answer;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The forum.
public final class ForumApi extends BrokenApi<ForumFault> {

  private static final List<String> BOARDS = List.of("general", "staff");

  private final Map<String, ObjectNode> profiles = new LinkedHashMap<>();
  private final Map<Integer, ObjectNode> threads = new TreeMap<>();
  private final Map<Integer, ObjectNode> messages = new TreeMap<>();
  private final Set<String> banned = new LinkedHashSet<>();
  private final Sessions sessions;
  private final LoginDesk logins;
  private final Routes routes = new Routes();
  private int lastThread;
  private int lastMessage;

  public ForumApi(Set<ForumFault> faults, Clock clock) {
    super(ForumFault.class, faults, clock);
    this.sessions = new Sessions(this::on);
    this.logins = new LoginDesk(this::on, sessions, clock);
    routes
        .on("POST", "/login", logins::login)
        .on("POST", "/logout", this::logout)
        .on("POST", "/reset", logins::forgotten)
        .on("POST", "/reset/confirm", logins::renew)
        .on("GET", "/go", logins::go)
        .on("GET", "/session", this::session)
        .on("GET", "/threads", this::threads)
        .on("POST", "/threads", this::write)
        .on("GET", "/messages", this::inbox)
        .on("POST", "/messages", this::send)
        .on("GET", "/message", this::message)
        .on("POST", "/message/delete", this::throwAway)
        .on("GET", "/profile", ask -> json(200, profile(caller(ask).user())))
        .on("POST", "/profile", this::changeProfile)
        .on("GET", "/moderation/bans", this::bans)
        .on("POST", "/moderation/bans", this::ban);
  }

  @Override
  protected Routes routes() {
    return routes;
  }

  @Override
  protected Answer error(int status, String title) {
    return json(status, Ask.json().put("message", title));
  }

  @Override
  protected void fill() {
    profiles.clear();
    threads.clear();
    messages.clear();
    banned.clear();
    sessions.clear();
    logins.fill();
    lastThread = 0;
    lastMessage = 0;
    for (Who who : Who.ALL) {
      addProfile(who.name(), who.admin() ? "moderator" : "member");
    }
    if (on(DEFAULT_MODERATOR)) {
      addProfile("admin", "moderator");
    }
    addThread("general", "Welcome", "ada");
    addThread("staff", "Whom we watch", "ada");
    addMessage("dave", "alice", "the key lies under the mat");
    addMessage("alice", "bob", "see you at eight");
    addMessage("dave", "carol", "bring the papers");
    addMessage("carol", "dave", "which papers");
  }

  private Answer logout(Ask ask) {
    sessions.end(checked(ask, form(ask)));
    return Answer.empty(204);
  }

  private Answer session(Ask ask) {
    Session session = caller(ask);
    ObjectNode json = Ask.json().put("user", session.user()).put("csrf_token", session.csrf());
    json.set("role", profile(session.user()).path("role"));
    return json(200, json);
  }

  private Answer threads(Ask ask) {
    Session session = caller(ask);
    List<String> given = ask.query().getOrDefault("board", List.of("general"));
    if (given.size() > 1 && !on(BOARD_GIVEN_TWICE)) {
      throw new Refused(400, "board may be given once");
    }
    open(given.getFirst(), session);
    ObjectNode json = Ask.json();
    ArrayNode found = json.putArray("threads");
    threads.values().stream()
        .filter(thread -> thread.path("board").asString().equals(given.getLast()))
        .limit(100)
        .forEach(found::add);
    return json(200, json);
  }

  private Answer write(Ask ask) {
    Form form = form(ask);
    Session session = checked(ask, form);
    String board = form.needs("board", 1, 20);
    String title = form.needs("title", 1, 120);
    open(board, session);
    if (banned.contains(session.user())) {
      throw new Refused(403, "you may not write any more");
    }
    return json(201, addThread(board, title, session.user()));
  }

  private void open(String board, Session session) {
    if (!BOARDS.contains(board)) {
      throw new Refused(400, "there is no such board");
    }
    if (board.equals("staff") && !moderates(session)) {
      throw new Refused(403, "for moderators");
    }
  }

  private Answer inbox(Ask ask) {
    Session session = caller(ask);
    ObjectNode json = Ask.json();
    ArrayNode found = json.putArray("messages");
    messages.values().stream()
        .filter(message -> message.path("to").asString().equals(session.user()))
        .limit(100)
        .forEach(found::add);
    return json(200, json);
  }

  private Answer send(Ask ask) {
    Form form = form(ask);
    Session session = checked(ask, form);
    String to = form.needs("to", 1, 40);
    String text = form.needs("text", 1, 1000);
    String from =
        on(MESSAGE_FROM_OTHERS) ? form.may("from", 1, 40, session.user()) : session.user();
    if (!profiles.containsKey(to)) {
      throw new Refused(409, "there is nobody of that name");
    }
    return json(201, addMessage(from, to, text));
  }

  private Answer message(Ask ask) {
    return json(200, message(caller(ask), ask.query("id"), on(MESSAGE_READ)));
  }

  private Answer throwAway(Ask ask) {
    Form form = form(ask);
    Session session = checked(ask, form);
    ObjectNode message = message(session, form.needs("id", 1, 9), on(MESSAGE_DELETE));
    messages.remove(message.path("id").asInt());
    return Answer.empty(204);
  }

  private ObjectNode message(Session session, @Nullable String id, boolean open) {
    int number = Ask.number(id);
    if (number == 0) {
      throw new Refused(400, "id is a number");
    }
    ObjectNode message = messages.get(number);
    if (message == null || !(open || message.path("to").asString().equals(session.user()))) {
      throw new Refused(404, "no such message");
    }
    return message;
  }

  private Answer changeProfile(Ask ask) {
    Form form = form(ask);
    ObjectNode profile = profile(checked(ask, form).user());
    String name = form.may("display_name", 1, 80, profile.path("display_name").asString());
    String email = form.may("email", 3, 120, profile.path("email").asString());
    profile.put("display_name", name).put("email", email);
    if (on(PROFILE_SETS_ROLE)) {
      profile.put("role", form.may("role", 1, 20, profile.path("role").asString()));
    }
    return json(200, profile);
  }

  private Answer bans(Ask ask) {
    Session session = caller(ask);
    String user = ask.query("user");
    if (on(BAN_BY_GET) && user != null) {
      banned.add(user);
    } else if (!moderates(session)) {
      throw new Refused(403, "for moderators");
    }
    ObjectNode json = Ask.json();
    ArrayNode users = json.putArray("users");
    banned.forEach(users::add);
    return json(200, json);
  }

  private Answer ban(Ask ask) {
    Form form = form(ask);
    Session session = checked(ask, form);
    if (!moderates(session) && !on(BAN_FOR_ALL)) {
      throw new Refused(403, "for moderators");
    }
    String user = form.needs("user", 1, 40);
    if (!profiles.containsKey(user)) {
      throw new Refused(409, "there is nobody of that name");
    }
    banned.add(user);
    return json(201, Ask.json().put("user", user));
  }

  private boolean moderates(Session session) {
    return profile(session.user()).path("role").asString().equals("moderator");
  }

  private Session caller(Ask ask) {
    Session session = sessions.of(ask);
    if (session == null) {
      throw new Refused(401, "log in first", "www-authenticate", "Cookie");
    }
    return session;
  }

  /// The form of somebody who is logged in.
  private Form form(Ask ask) {
    caller(ask);
    return Form.of(ask);
  }

  /// The caller, whose own form it is.
  private Session checked(Ask ask, Form form) {
    Session session = caller(ask);
    String token = form.may("csrf_token", 0, 80, "");
    boolean right =
        on(CSRF_UNCHECKED)
            || token.equals(session.csrf())
            || (on(CSRF_OF_ANYBODY) && sessions.knowsCsrf(token));
    if (!right) {
      throw new Refused(403, "the form is not of this session");
    }
    return session;
  }

  private ObjectNode profile(String user) {
    ObjectNode profile = profiles.get(user);
    if (profile == null) {
      throw new IllegalStateException("whoever is logged in has a profile");
    }
    return profile;
  }

  private void addProfile(String user, String role) {
    profiles.put(
        user,
        Ask.json()
            .put("user", user)
            .put("display_name", user.substring(0, 1).toUpperCase(Locale.ROOT) + user.substring(1))
            .put("email", user + "@forum.example")
            .put("role", role));
  }

  private ObjectNode addThread(String board, String title, String author) {
    ObjectNode thread =
        Ask.json()
            .put("id", ++lastThread)
            .put("board", board)
            .put("title", title)
            .put("author", author);
    threads.put(lastThread, thread);
    return thread;
  }

  private ObjectNode addMessage(String from, String to, String text) {
    ObjectNode message =
        Ask.json().put("id", ++lastMessage).put("from", from).put("to", to).put("text", text);
    messages.put(lastMessage, message);
    return message;
  }

  private static Answer json(int status, ObjectNode json) {
    return Answer.json(status, json.toString());
  }
}
