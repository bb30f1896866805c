package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Draft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A login that a browser began at an API and that leads to its authorization server.
///
/// @param browser that began it
/// @param asked the address by which the API asks for a code
public record Trip(Visitor browser, String asked) {
  private static final int HOPS = 4;

  /// What the authorization server gives the browser for the API.
  ///
  /// @param at where the browser comes back, without the query
  /// @param pairs of the query
  /// @param attempt whose answer it is
  public record Given(String at, List<Draft.Pair> pairs, int attempt) {
    public Given {
      pairs = List.copyOf(pairs);
    }

    @Nullable String value(String name) {
      for (Draft.Pair each : pairs) {
        if (each.name().equals(name)) {
          return each.value();
        }
      }
      return null;
    }

    /// The same with another value; without it where it is empty.
    Given with(String name, String value) {
      List<Draft.Pair> others = new ArrayList<>(pairs);
      others.removeIf(each -> each.name().equals(name));
      if (!value.isEmpty()) {
        others.add(new Draft.Pair(name, value));
      }
      return new Given(at, others, attempt);
    }

    /// Comes back with it.
    public Answer to(Visitor browser) {
      return browser.go("callback", address(at, pairs));
    }
  }

  /// Begins a login; null where the API does not lead to an authorization server.
  ///
  /// @param start where it begins
  /// @param more pairs of the query
  public static @Nullable Trip begin(Visitor browser, String start, Map<String, String> more) {
    List<Draft.Pair> pairs = new ArrayList<>();
    more.forEach((name, value) -> pairs.add(new Draft.Pair(name, value)));
    String address = address(start, pairs);
    for (int hop = 0; hop < HOPS; hop++) {
      String next = onward(browser.go("login begins", address), address);
      if (next == null) {
        return null;
      }
      if (asks(next)) {
        return new Trip(browser, next);
      }
      if (!Visitor.host(next).equals(Visitor.host(start))) {
        return null;
      }
      address = next;
    }
    return null;
  }

  private static @Nullable String onward(Answer answer, String from) {
    if (answer.ok() && answer.json() instanceof Obj told) {
      // pages that ask by script are told the address
      for (Node.Member each : told.entries()) {
        String text = Json.scalar(each.value());
        if (text != null && text.startsWith("http") && asks(text)) {
          return text;
        }
      }
    }
    return Visitor.led(answer, from);
  }

  /// Whether an address is an authorization request, whole, pushed or signed (RFC 6749, 9126,
  /// 9101).
  private static boolean asks(String address) {
    boolean client = false;
    boolean wish = false;
    for (Draft.Pair each : pairs(address)) {
      client |= each.name().equals("client_id");
      wish |= each.name().equals("response_type") && each.value().contains("code");
      wish |= each.name().equals("request_uri") || each.name().equals("request");
    }
    return client && wish;
  }

  /// What the authorization server gives somebody who is logged in there; null where it gives no
  /// code.
  ///
  /// @param person who is logged in there
  /// @param root what stands before the API's paths
  /// @param callback where the browser comes back, or null where the answer tells it
  public @Nullable Given given(Visitor person, String root, @Nullable String callback) {
    String address = asked;
    for (int hop = 0; hop < HOPS; hop++) {
      Answer answer = person.go("authorize", address);
      String next = Visitor.led(answer, address);
      if (next == null) {
        return null;
      }
      List<Draft.Pair> pairs = pairs(next);
      if (pairs.stream().anyMatch(each -> each.name().equals("code"))) {
        String back = next.substring(0, next.indexOf('?'));
        String path = back.substring(Visitor.host(back).length());
        return new Given(
            callback == null ? Visitor.host(root) + path : callback, pairs, answer.attempt());
      }
      if (!Visitor.host(next).equals(Visitor.host(asked))) {
        return null;
      }
      address = next;
    }
    return null;
  }

  private static List<Draft.Pair> pairs(String address) {
    List<Draft.Pair> pairs = new ArrayList<>();
    int begin = address.indexOf('?');
    int end = address.indexOf('#') < 0 ? address.length() : address.indexOf('#');
    for (String each :
        begin < 0 || end < begin ? new String[0] : address.substring(begin + 1, end).split("&")) {
      int equals = each.indexOf('=');
      if (equals > 0) {
        pairs.add(
            new Draft.Pair(each.substring(0, equals), Flow.decoded(each.substring(equals + 1))));
      }
    }
    return pairs;
  }

  private static String address(String at, List<Draft.Pair> pairs) {
    StringBuilder address = new StringBuilder(at);
    char before = at.indexOf('?') < 0 ? '?' : '&';
    for (Draft.Pair each : pairs) {
      address.append(before).append(Draft.encoded(each.name())).append('=');
      address.append(Draft.encoded(each.value()));
      before = '&';
    }
    return address.toString();
  }
}
