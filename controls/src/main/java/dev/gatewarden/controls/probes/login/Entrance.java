package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
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
import org.jspecify.annotations.Nullable;

/// The request by which an identity logs in, where the contract names it.
public record Entrance(Operation operation, Identity who, Identity.Login login) {

  /// A cookie that was set, with its attributes in lower case.
  record Cookie(String name, String value, String attributes) {

    boolean says(String attribute) {
      return attributes.contains(attribute);
    }
  }

  /// The way in of an identity; null where it is not known or the contract does not name it.
  public static @Nullable Entrance of(Scene scene, Identity identity) {
    Identity.Login login = identity.login();
    for (Operation each : scene.contract().operations()) {
      if (login != null && each.path().text().equals(login.path()) && !each.safe()) {
        return new Entrance(each, identity, login);
      }
    }
    return null;
  }

  /// The way in of the first identity that has one; null, which is told, where none has.
  static @Nullable Entrance first(Scene scene) {
    for (Identity each : scene.identities()) {
      Entrance entrance = of(scene, each);
      if (entrance != null) {
        return entrance;
      }
    }
    scene.untested(null, "no identity logs in by a request that the contract names");
    return null;
  }

  /// The same, where the login gives a cookie that is the credential.
  static @Nullable Entrance withCookie(Scene scene) {
    for (Identity each : scene.identities()) {
      boolean cookie = each.presents().stream().anyMatch(one -> one.where() == Where.COOKIE);
      Entrance entrance = cookie ? of(scene, each) : null;
      if (entrance != null) {
        return entrance;
      }
    }
    scene.untested(null, "no identity gets a cookie by a login that the contract names");
    return null;
  }

  /// The login as its recipe says it.
  public Draft draft() {
    return draft(Map.of());
  }

  /// The login with other values of some members, or with more of them.
  public Draft draft(Map<String, String> changes) {
    Map<String, String> all = new LinkedHashMap<>(login.members());
    all.putAll(changes);
    Map<String, Node> members = new LinkedHashMap<>();
    all.forEach((name, value) -> members.put(name, Json.of(value)));
    return Draft.of(operation, Identity.NOBODY)
        .body(
            Json.of(members),
            login.form() ? "application/x-www-form-urlencoded" : "application/json");
  }

  /// The member that holds the password; empty where none looks like it.
  public String secret() {
    return login.secret();
  }

  /// The member that holds the user; empty where none looks like it.
  public String user() {
    return login.user();
  }

  /// The cookies that an answer sets and that the identity presents as its credential.
  List<Cookie> cookies(Answer answer) {
    List<Cookie> cookies = new ArrayList<>();
    for (Cookie each : set(answer)) {
      for (Presented presented : who.presents()) {
        if (presented.where() == Where.COOKIE && presented.name().equals(each.name())) {
          cookies.add(each);
        }
      }
    }
    return cookies;
  }

  /// All cookies that an answer sets.
  static List<Cookie> set(Answer answer) {
    List<Cookie> cookies = new ArrayList<>();
    for (Draft.Pair header : answer.headers()) {
      int equals = header.value().indexOf('=');
      if (header.name().equals("set-cookie") && equals > 0) {
        int end = header.value().indexOf(';');
        int stop = end < 0 ? header.value().length() : end;
        cookies.add(
            new Cookie(
                header.value().substring(0, equals).strip(),
                stop < equals ? "" : header.value().substring(equals + 1, stop),
                header.value().substring(stop).toLowerCase(Locale.ROOT)));
      }
    }
    return cookies;
  }
}
