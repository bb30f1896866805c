package dev.gatewarden.demo.broken;

import static dev.gatewarden.demo.broken.forum.ForumFault.BAN_BY_GET;
import static dev.gatewarden.demo.broken.forum.ForumFault.BAN_FOR_ALL;
import static dev.gatewarden.demo.broken.forum.ForumFault.BOARD_GIVEN_TWICE;
import static dev.gatewarden.demo.broken.forum.ForumFault.COOKIE_BARE;
import static dev.gatewarden.demo.broken.forum.ForumFault.CSRF_OF_ANYBODY;
import static dev.gatewarden.demo.broken.forum.ForumFault.CSRF_UNCHECKED;
import static dev.gatewarden.demo.broken.forum.ForumFault.DEFAULT_MODERATOR;
import static dev.gatewarden.demo.broken.forum.ForumFault.LOGIN_LEADS_AWAY;
import static dev.gatewarden.demo.broken.forum.ForumFault.LOGIN_TELLS_WHO_IS_KNOWN;
import static dev.gatewarden.demo.broken.forum.ForumFault.LOGIN_UNLIMITED;
import static dev.gatewarden.demo.broken.forum.ForumFault.MESSAGE_DELETE;
import static dev.gatewarden.demo.broken.forum.ForumFault.MESSAGE_FROM_OTHERS;
import static dev.gatewarden.demo.broken.forum.ForumFault.MESSAGE_READ;
import static dev.gatewarden.demo.broken.forum.ForumFault.OPEN_REDIRECT;
import static dev.gatewarden.demo.broken.forum.ForumFault.PROFILE_SETS_ROLE;
import static dev.gatewarden.demo.broken.forum.ForumFault.RESET_CODE_TOLD;
import static dev.gatewarden.demo.broken.forum.ForumFault.RESET_TELLS_WHO_IS_KNOWN;
import static dev.gatewarden.demo.broken.forum.ForumFault.RESET_UNLIMITED;
import static dev.gatewarden.demo.broken.forum.ForumFault.SESSION_AFTER_LOGOUT;
import static dev.gatewarden.demo.broken.forum.ForumFault.SESSION_COUNTED;
import static dev.gatewarden.demo.broken.forum.ForumFault.SESSION_FIXED;
import static dev.gatewarden.demo.broken.forum.ForumFault.SESSION_IN_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.broken.forum.ForumApi;
import dev.gatewarden.demo.broken.forum.ForumFault;
import java.time.Clock;
import java.util.Set;

class ForumTest extends FaultTable<ForumFault> {

  /// Somebody who is logged in.
  private record Browser(Visitor visitor, String csrf) {
    int post(String path, String form) {
      return visitor.post(path, form + "&csrf_token=" + csrf).status();
    }

    Visitor.Seen get(String path) {
      return visitor.get(path);
    }
  }

  ForumTest() {
    super(Specimen.FORUM, ForumFault.class);
    row(MESSAGE_READ, "200 leaks", "404", v -> bob(v).get("/message?id=1").leaking("the mat"));
    row(
        MESSAGE_DELETE,
        "204 404",
        "404 200",
        v ->
            bob(v).post("/message/delete", "id=1")
                + " "
                + as(v, "alice").get("/message?id=1").status());
    row(
        MESSAGE_FROM_OTHERS,
        "201 alice",
        "201 bob",
        v ->
            bob(v).post("/messages", "to=carol&text=hello&from=alice")
                + " "
                + as(v, "carol").get("/message?id=5").json().path("from").asString());
    row(
        PROFILE_SETS_ROLE,
        "200 moderator",
        "200 member",
        v ->
            bob(v).post("/profile", "role=moderator")
                + " "
                + bob(v).get("/profile").json().path("role").asString());
    row(
        BAN_FOR_ALL,
        "201 403",
        "403 201",
        v -> bob(v).post("/moderation/bans", "user=carol") + " " + writes(as(v, "carol")));
    row(
        BAN_BY_GET,
        "200 403",
        "403 201",
        v -> bob(v).get("/moderation/bans?user=carol").status() + " " + writes(as(v, "carol")));
    row(
        BOARD_GIVEN_TWICE,
        "200 leaks",
        "400",
        v -> bob(v).get("/threads?board=general&board=staff").leaking("Whom we watch"));
    row(
        CSRF_UNCHECKED,
        "201",
        "403",
        v -> "" + bob(v).visitor().post("/threads", "board=general&title=hi").status());
    row(
        CSRF_OF_ANYBODY,
        "201",
        "403",
        v -> "" + writes(new Browser(bob(v).visitor(), as(v, "alice").csrf())));
    row(
        OPEN_REDIRECT,
        "303 https://evil.example/",
        "400 ",
        v -> {
          Visitor.Seen seen = v.get("/go?to=https://evil.example/");
          return seen.status() + " " + seen.header("location");
        });
    row(
        LOGIN_LEADS_AWAY,
        "303 //evil.example",
        "400 ",
        v -> {
          Visitor.Seen seen = login(v, "bob", "bob-writes-much&next=//evil.example");
          return seen.status() + " " + seen.header("location");
        });
    row(
        LOGIN_UNLIMITED,
        "401",
        "429",
        v -> {
          int status = 0;
          for (int i = 0; i < 10; i++) {
            status = login(v, "alice", "wrong" + i).status();
          }
          return "" + status;
        });
    row(
        LOGIN_TELLS_WHO_IS_KNOWN,
        "false",
        "true",
        v -> "" + login(v, "alice", "wrong").text().equals(login(v, "nobody", "wrong").text()));
    row(DEFAULT_MODERATOR, "303", "401", v -> "" + login(v, "admin", "admin").status());
    row(
        RESET_CODE_TOLD,
        "202 303",
        "202 401",
        v -> {
          Visitor.Seen seen = form(v).post("/reset", "email=alice@forum.example");
          String code = seen.json().path("code").asString("unknown");
          form(v).post("/reset/confirm", "code=" + code + "&password=chosen-by-bob");
          return seen.status() + " " + login(v, "alice", "chosen-by-bob").status();
        });
    row(
        RESET_TELLS_WHO_IS_KNOWN,
        "404",
        "202",
        v -> "" + form(v).post("/reset", "email=nobody@forum.example").status());
    row(
        RESET_UNLIMITED,
        "202",
        "429",
        v -> {
          int status = 0;
          for (int i = 0; i < 6; i++) {
            status = form(v).post("/reset", "email=alice@forum.example").status();
          }
          return "" + status;
        });
    row(
        SESSION_AFTER_LOGOUT,
        "204 200",
        "204 401",
        v -> {
          Browser bob = bob(v);
          return bob.post("/logout", "") + " " + bob.get("/session").status();
        });
    row(
        SESSION_FIXED,
        "200",
        "401",
        v -> {
          login(v.with("Cookie", "sid=chosen-by-eve"), "bob", "bob-writes-much");
          return "" + v.with("Cookie", "sid=chosen-by-eve").get("/session").status();
        });
    row(
        SESSION_COUNTED,
        "1001 1002",
        "true",
        v -> {
          String first = sid(login(v, "bob", "bob-writes-much"));
          String second = sid(login(v, "alice", "alice-writes-much"));
          return first.length() > 20 ? "" + !first.equals(second) : first + " " + second;
        });
    row(
        SESSION_IN_ADDRESS,
        "200",
        "401",
        v -> "" + v.get("/session?sid=" + sid(login(v, "bob", "bob-writes-much"))).status());
    row(
        COOKIE_BARE,
        "false",
        "true",
        v -> {
          String cookie = login(v, "bob", "bob-writes-much").header("set-cookie");
          return "" + cookie.endsWith("; HttpOnly; Secure; SameSite=Lax");
        });
  }

  @Override
  BrokenApi<ForumFault> api(Set<ForumFault> faults, Clock clock) {
    return new ForumApi(faults, clock);
  }

  @Override
  Visitor somebody(Visitor v) {
    return bob(v).visitor();
  }

  @Override
  void goodRequests(Visitor v) {
    Browser bob = bob(v);
    assertThat(bob.get("/threads?board=general").says("Welcome")).isTrue();
    assertThat(writes(bob)).isEqualTo(201);
    assertThat(bob.get("/messages").says("at eight")).isTrue();
    assertThat(bob.post("/messages", "to=alice&text=yes")).isEqualTo(201);
    assertThat(bob.get("/message?id=2").status()).isEqualTo(200);
    assertThat(bob.post("/message/delete", "id=2")).isEqualTo(204);
    assertThat(bob.post("/profile", "display_name=Bobby")).isEqualTo(200);
    assertThat(v.get("/go?to=/threads").header("location")).isEqualTo("/threads");
    assertThat(as(v, "ada").get("/threads?board=staff").says("Whom we watch")).isTrue();
    assertThat(as(v, "ada").post("/moderation/bans", "user=dave")).isEqualTo(201);
    assertThat(as(v, "ada").get("/moderation/bans").says("dave")).isTrue();
    assertThat(bob.post("/logout", "")).isEqualTo(204);
  }

  private static int writes(Browser browser) {
    return browser.post("/threads", "board=general&title=hello");
  }

  private static Browser bob(Visitor v) {
    return as(v, "bob");
  }

  private static Browser as(Visitor v, String name) {
    String sid = sid(login(v, name, name + "-writes-much"));
    Visitor browser = form(v).with("Cookie", "sid=" + sid);
    return new Browser(browser, browser.get("/session").json().path("csrf_token").asString());
  }

  private static String sid(Visitor.Seen login) {
    String cookie = login.header("set-cookie");
    return cookie.substring("sid=".length(), cookie.indexOf(';'));
  }

  private static Visitor.Seen login(Visitor v, String user, String password) {
    return form(v).post("/login", "user=" + user + "&password=" + password);
  }

  private static Visitor form(Visitor v) {
    return v.with("Content-Type", "application/x-www-form-urlencoded");
  }
}
