package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Errand;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.core.probe.Identity.Where;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A browser of the tester's own: it goes where it is led only when it is told to, and keeps the
/// cookies of each host.
public final class Visitor {
  private final Function<Errand, Answer> wire;
  private final Map<String, Map<String, String>> cookies = new LinkedHashMap<>();

  /// @param wire carries what it sends
  public Visitor(Function<Errand, Answer> wire) {
    this.wire = wire;
  }

  /// Another browser with the same cookies.
  Visitor twin() {
    Visitor twin = new Visitor(wire);
    cookies.forEach((host, all) -> twin.cookies.put(host, new LinkedHashMap<>(all)));
    return twin;
  }

  /// A browser without cookies.
  Visitor stranger() {
    return new Visitor(wire);
  }

  /// Asks for a page.
  ///
  /// @param what it is for, as a log tells it
  Answer go(String what, String address) {
    return send(Errand.get(what, as(Identity.NOBODY, address), address), address);
  }

  /// Begins a session by a form or an object.
  public Answer logIn(String what, Identity.Login login) {
    Identity self = as(Identity.NOBODY, login.address());
    if (login.form()) {
      return send(Errand.form(what, self, login.address(), login.members()), login.address());
    }
    Map<String, Node> members = new LinkedHashMap<>();
    login.members().forEach((name, value) -> members.put(name, Json.of(value)));
    return send(Errand.json(what, self, login.address(), members), login.address());
  }

  private Answer send(Errand errand, String address) {
    Answer answer = wire.apply(errand);
    for (Entrance.Cookie each : Entrance.set(answer)) {
      Map<String, String> here = at(address);
      if (each.value().isEmpty() || each.says("max-age=0")) {
        here.remove(each.name());
      } else {
        here.put(each.name(), each.value());
      }
    }
    return answer;
  }

  /// Gives it a cookie that no service set.
  void plant(String address, String name, String value) {
    at(address).put(name, value);
  }

  /// Somebody who presents the cookies that a host set.
  Identity as(Identity who, String address) {
    return who.presenting(who.name(), presents(address));
  }

  /// The cookies that a host set.
  public List<Presented> presents(String address) {
    List<Presented> all = new ArrayList<>();
    at(address).forEach((name, value) -> all.add(new Presented(Where.COOKIE, name, "", value)));
    return all;
  }

  private Map<String, String> at(String address) {
    return cookies.computeIfAbsent(host(address), _ -> new LinkedHashMap<>());
  }

  /// The scheme, host and port of an address; empty where it is none.
  static String host(String address) {
    int begin = address.indexOf("://");
    int end = begin < 0 ? -1 : begin + 3;
    while (end >= 0 && end < address.length() && "/?#".indexOf(address.charAt(end)) < 0) {
      end++;
    }
    return end < 0 ? "" : address.substring(0, end);
  }

  /// Where an answer leads, in full; null where it leads nowhere.
  static @Nullable String led(Answer answer, String from) {
    String location = answer.header("location");
    if (location == null || answer.status() < 300 || answer.status() >= 400) {
      return null;
    }
    try {
      return URI.create(from).resolve(location).toString();
    } catch (IllegalArgumentException odd) {
      return location;
    }
  }
}
