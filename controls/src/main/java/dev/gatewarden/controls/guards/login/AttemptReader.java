package dev.gatewarden.controls.guards.login;

import dev.gatewarden.controls.guards.login.Attempt.Named;
import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.canon.Cookies;
import dev.gatewarden.core.canon.OneReading;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.login.AccountName;
import dev.gatewarden.core.login.LoginKind;
import dev.gatewarden.core.login.LoginRoute;
import dev.gatewarden.core.login.Regulars;
import dev.gatewarden.core.login.Said;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads whose account a request tries, from where, and within which login.
final class AttemptReader {
  /// Shorter texts can be guessed, and tell no device from another.
  private static final int SHORTEST_DEVICE = 16;

  /// Of an address, as much as one household or office keeps from day to day.
  private static final int V4_NETWORK = 24;

  private static final int V6_NETWORK = 48;
  private static final String ODD = "";

  private final LoginRoute route;
  private final Regulars regulars;

  AttemptReader(LoginRoute route, Regulars regulars) {
    this.route = route;
    this.regulars = regulars;
  }

  Attempt of(Call call) {
    Said body = route.readsRequest() ? Said.of(call.body().bytes()) : Said.NOTHING;
    boolean unread = body.root() == null && call.body().bytes().length() > 0;
    StringBuilder exact = new StringBuilder();
    List<String> counted = new ArrayList<>(2);
    boolean odd = false;
    for (int i = 0; i < route.accounts().size(); i++) {
      Selector at = route.accounts().get(i);
      if (route.grant() != null && LoginRoute.isBasic(at) && (odd || !exact.isEmpty())) {
        // Beside a user's name it is the application that all its users share.
        continue;
      }
      String value = said(at, call, body);
      if (value == null) {
        odd |= unread && at instanceof Selector.Body;
      } else if (value.isEmpty()) {
        odd = true;
      } else {
        exact.append(i).append(':').append(value.length()).append('=').append(value);
        String digest = regulars.digest("account|" + loose(value));
        if (!counted.contains(digest)) {
          counted.add(digest);
        }
      }
    }
    String pending = pending(call, body);
    List<String> places = places(call, body);
    if (!exact.isEmpty()) {
      String account = odd ? null : regulars.digest("login|" + exact);
      return new Attempt(
          second(account), counted, odd ? Named.ODDLY : Named.PLAINLY, places, pending);
    }
    Attempt known = odd ? null : known(call, places, pending);
    if (known != null) {
      return known;
    }
    String instead = odd || route.instead() == null ? null : said(route.instead(), call, body);
    if (instead != null && !instead.isEmpty()) {
      List<String> token = List.of(regulars.digest("token|" + instead));
      return new Attempt(null, token, Named.PLAINLY, places, pending);
    }
    Named named =
        odd
            ? Named.ODDLY
            : route.accounts().isEmpty() || asksOtherwise(call, body)
                ? Named.PLAINLY
                : Named.NOT_AT_ALL;
    return new Attempt(null, List.of(), named, places, pending);
  }

  /// Whether a token is asked for by something else than what this operation is known by, so that
  /// no
  /// account is missing.
  private boolean asksOtherwise(Call call, Said body) {
    String grant = route.grant() == null ? null : said(route.grant(), call, body);
    String usual = route.kind() == LoginKind.REFRESH ? "refresh_token" : "password";
    return grant != null && !grant.isEmpty() && !AccountName.loose(grant).equals(usual);
  }

  /// A token has one reading.
  private String loose(String value) {
    return route.kind() == LoginKind.REFRESH ? value : AccountName.loose(value);
  }

  /// Whose second step it is, where the request itself does not name anybody.
  private @Nullable Attempt known(Call call, List<String> places, @Nullable String pending) {
    Principal principal = call.exchange().principal();
    if (!principal.isNobody()) {
      String digest = regulars.digest("principal|" + principal.key());
      return new Attempt(second(digest), List.of(digest), Named.PLAINLY, places, pending);
    }
    if (pending == null) {
      return null;
    }
    try {
      Regulars.Begun begun = regulars.begun(pending);
      return begun == null
          // What was begun elsewhere is counted by itself.
          ? new Attempt(null, List.of(), Named.PLAINLY, places, pending)
          : new Attempt(second(begun.account()), begun.counted(), Named.PLAINLY, places, pending);
    } catch (OutOfReach gone) {
      return new Attempt(null, List.of(), Named.PLAINLY, places, pending);
    }
  }

  /// A password alone makes nobody known to the second step.
  private @Nullable String second(@Nullable String account) {
    return account == null || route.kind() != LoginKind.MFA
        ? account
        : regulars.digest("mfa|" + account);
  }

  private @Nullable String pending(Call call, Said body) {
    String said = route.pending() == null ? null : said(route.pending(), call, body);
    return said == null || said.isEmpty() ? null : regulars.digest(said);
  }

  private List<String> places(Call call, Said body) {
    List<String> places = new ArrayList<>(2);
    String device = route.device() == null ? null : said(route.device(), call, body);
    if (device != null && device.length() >= SHORTEST_DEVICE) {
      places.add(regulars.digest("device|" + device));
    }
    Ip address = call.exchange().request().peer().address();
    int bits = address.isV4() ? V4_NETWORK : V6_NETWORK;
    places.add(regulars.digest("network|" + address.network(bits) + "/" + bits));
    return places;
  }

  /// What stands at a place: null where nothing does, the empty text where it has no one reading.
  private static @Nullable String said(Selector at, Call call, Said body) {
    Exchange exchange = call.exchange();
    Request request = exchange.request();
    return switch (at) {
      case Selector.Body(PointerPattern place) -> text(body, place);
      case Selector.PathParameter(String name) -> exchange.pathValue(name);
      case Selector.QueryParameter(String name) -> query(request.target().query(), name);
      case Selector.Header(String name) ->
          switch (request.headers().count(name)) {
            case 0 -> null;
            case 1 ->
                LoginRoute.isBasic(at)
                    ? basic(String.valueOf(request.headers().first(name)))
                    : request.headers().first(name);
            default -> ODD;
          };
      case Selector.Cookie(String name) ->
          Cookies.read(request.headers().all("cookie"))
                  instanceof OneReading.Clear<Cookies>(Cookies all)
              ? all.only(name)
              : ODD;
      default -> null;
    };
  }

  private static @Nullable String text(Said body, PointerPattern place) {
    Node node = body.node(place);
    if (node == null || node instanceof Node.Null) {
      return null;
    }
    String text = body.text(place);
    return text == null ? ODD : text;
  }

  private static @Nullable String query(Query query, String name) {
    String value = null;
    for (int i = 0; i < query.pairs().size(); i++) {
      Query.Pair pair = query.pairs().get(i);
      if (pair.name().equals(name)) {
        value = value == null ? pair.value() : ODD;
      }
    }
    return value;
  }

  /// The user of HTTP Basic (RFC 7617); the whole value of anything else.
  private static String basic(String value) {
    if (!value.regionMatches(true, 0, "Basic ", 0, 6)) {
      return value;
    }
    try {
      String pair =
          new String(
              Base64.getDecoder().decode(value.substring(6).strip()), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? ODD : pair.substring(0, colon);
    } catch (IllegalArgumentException broken) {
      return ODD;
    }
  }
}
