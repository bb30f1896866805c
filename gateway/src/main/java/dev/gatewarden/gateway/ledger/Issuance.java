package dev.gatewarden.gateway.ledger;

import dev.gatewarden.controls.guards.identity.PresentedToken;
import dev.gatewarden.core.canon.Cookies;
import dev.gatewarden.core.canon.OneReading;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.LoginRule;
import dev.gatewarden.core.contract.LoginRule.Expiry;
import dev.gatewarden.core.contract.LoginRule.Spot;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.identity.Prover;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one operation does to a ledger, as its `x-gatewarden-login` says: looks at the request
/// before it is forwarded, and at the answer before it is released.
public final class Issuance {
  private static final int LONGEST_SUBJECT = 512;
  private static final int LONGEST_TOKEN = 16 << 10;

  private final LoginRule rule;
  private final Ledger ledger;
  private final SecurityScheme.Kind kind;

  private Issuance(LoginRule rule, Ledger ledger, SecurityScheme.Kind kind) {
    this.rule = rule;
    this.ledger = ledger;
    this.kind = kind;
  }

  /// What the request says, kept until the answer is there.
  ///
  /// @param subject whose tokens are meant, as far as the request says
  /// @param own the token that the caller presented, or null
  /// @param presented the token that is to be renewed, or null
  public record Asked(
      @Nullable String subject,
      @Nullable String tenant,
      @Nullable String own,
      @Nullable String presented) {
    /// Nothing of the tokens.
    @Override
    public String toString() {
      return "Asked";
    }
  }

  /// What an operation does, or null where it does nothing.
  ///
  /// @param provers who proves a scheme, by its name
  public static @Nullable Issuance of(
      Contract contract, Operation operation, Map<String, Prover> provers) {
    LoginRule rule = LoginRule.of(operation, new ArrayList<>());
    if (rule == null || !rule.issues()) {
      return null;
    }
    for (SecurityScheme scheme : contract.schemes().values()) {
      String named = rule.scheme();
      if ((named == null || named.equals(scheme.name()))
          && provers.get(scheme.name()) instanceof Prover.Issued(var tokens)
          && tokens instanceof Ledger ledger) {
        return new Issuance(rule, ledger, scheme.kind());
      }
    }
    return null;
  }

  /// Whether the request's body has to be read.
  public boolean readsRequest() {
    return rule.readsRequest();
  }

  /// Whether the answer's body has to be read.
  public boolean readsAnswer(int status) {
    return rule.readsAnswer() && succeeded(status);
  }

  /// Reads the request; null when it may not be forwarded: what it wants renewed is not in the
  /// ledger.
  public @Nullable Asked ask(Call call) {
    Request request = call.exchange().request();
    Json body = rule.readsRequest() ? Json.of(call.body().bytes()) : Json.NOTHING;
    String own =
        PresentedToken.of(kind, request) instanceof PresentedToken.One(String token) ? token : null;
    Selector presents = rule.presents();
    if (presents == null) {
      return new Asked(
          said(rule.subject(), call, body), said(rule.tenant(), call, body), own, null);
    }
    String presented = said(presents, call, body);
    Entry renewal = presented == null ? null : ledger.renewal(presented);
    return renewal == null ? null : new Asked(renewal.subject(), renewal.tenant(), own, presented);
  }

  /// Does to the ledger what an answer says, before it is released.
  ///
  /// @param bytes the body, decoded; empty where it is not read
  /// @return why the answer must not be released, or null where it may
  public @Nullable LedgerWhy answered(
      Asked asked,
      Call call,
      int status,
      Headers headers,
      dev.gatewarden.core.exchange.Bytes bytes) {
    Principal caller = call.exchange().principal();
    if (rule.does() == LoginRule.Does.LOGOUT) {
      if (asked.own() != null) {
        ledger.end(asked.own());
      }
      return null;
    }
    if (!succeeded(status)) {
      return null;
    }
    Json body = rule.readsAnswer() ? Json.of(bytes) : Json.NOTHING;
    String subject = subject(asked, caller, headers, body);
    if (rule.does() == LoginRule.Does.PASSWORD_CHANGE) {
      if (subject == null) {
        return LedgerWhy.NO_SUBJECT;
      }
      ledger.endAll(subject);
    }
    String token = at(rule.token(), headers, body);
    if (token == null) {
      return null;
    }
    if (subject == null || !isName(subject)) {
      return LedgerWhy.NO_SUBJECT;
    }
    return issued(asked, caller, subject, token, headers, body);
  }

  private @Nullable LedgerWhy issued(
      Asked asked, Principal caller, String subject, String token, Headers headers, Json body) {
    String tenant = asked.tenant();
    if (tenant == null && rule.tenant() != null) {
      tenant = answer(rule.tenant(), headers, body);
    }
    if (tenant == null && !proves()) {
      tenant = caller.tenant();
    }
    if (tenant != null && !isName(tenant)) {
      return LedgerWhy.NO_SUBJECT;
    }
    LedgerWhy why = why(write(token, false, subject, tenant, body));
    String renewal = at(rule.renewal(), headers, body);
    if (why == null && renewal != null && !renewal.equals(token)) {
      why = why(write(renewal, true, subject, tenant, body));
    }
    if (why == null && rule.does() == LoginRule.Does.REFRESH) {
      replaced(asked.own(), token);
      replaced(asked.presented(), renewal);
    }
    return why;
  }

  /// The old token ends where a new one took its place; one that was issued once more stays.
  private void replaced(@Nullable String old, @Nullable String by) {
    if (old != null && by != null && !old.equals(by)) {
      ledger.supersede(old);
    }
  }

  private Ledger.Written write(
      String token, boolean renewal, String subject, @Nullable String tenant, Json body) {
    if (token.length() > LONGEST_TOKEN) {
      return Ledger.Written.FULL;
    }
    Duration life =
        renewal
            ? null
            : switch (rule.expires()) {
              case Expiry.After(Duration time) -> time;
              case Expiry.Said(List<String> path) -> body.seconds(path);
              case null -> null;
            };
    return ledger.write(token, renewal, subject, tenant, life);
  }

  private static @Nullable LedgerWhy why(Ledger.Written written) {
    return switch (written) {
      case DONE -> null;
      case TWO_SUBJECTS -> LedgerWhy.TWO_SUBJECTS;
      case FULL -> LedgerWhy.FULL;
    };
  }

  private @Nullable String subject(Asked asked, Principal caller, Headers headers, Json body) {
    if (asked.subject() != null) {
      return asked.subject();
    }
    Selector stated = rule.subject();
    if (stated != null && stated.afterwards()) {
      return answer(stated, headers, body);
    }
    boolean callers = stated == null || stated instanceof Selector.OfPrincipal;
    return callers && !caller.isNobody() ? caller.subject() : null;
  }

  /// What the request says at a place; null where it says nothing, or the place is in the answer.
  private static @Nullable String said(@Nullable Selector selector, Call call, Json body) {
    Request request = call.exchange().request();
    return switch (selector) {
      case Selector.Body(PointerPattern at) -> body.text(names(at));
      case Selector.PathParameter(String name) -> call.exchange().pathValue(name);
      case Selector.Header(String name) ->
          request.headers().count(name) == 1 ? request.headers().first(name) : null;
      case Selector.Cookie(String name) ->
          Cookies.read(request.headers().all("cookie"))
                  instanceof OneReading.Clear<Cookies>(Cookies all)
              ? all.only(name)
              : null;
      case null, default -> null;
    };
  }

  private static @Nullable String answer(Selector selector, Headers headers, Json body) {
    return switch (selector) {
      case Selector.ResponseBody(PointerPattern at) -> body.text(names(at));
      case Selector.ResponseHeader(String name) ->
          headers.count(name) == 1 ? headers.first(name) : null;
      default -> null;
    };
  }

  private static @Nullable String at(@Nullable Spot spot, Headers headers, Json body) {
    String token =
        switch (spot) {
          case Spot.InBody(List<String> path) -> body.text(path);
          case Spot.InHeader(String name) -> header(headers, name);
          case Spot.InCookie(String name) -> cookie(headers, name);
          case null -> null;
        };
    return token == null || token.isEmpty() ? null : token;
  }

  /// The value without the word that may stand before a token.
  private static @Nullable String header(Headers headers, String name) {
    String value = headers.count(name) == 1 ? headers.first(name) : null;
    return value == null ? null : value.substring(value.lastIndexOf(' ') + 1);
  }

  /// The value a `Set-Cookie` line gives a cookie (RFC 6265, section 4.1); null where several do.
  private static @Nullable String cookie(Headers headers, String name) {
    String value = null;
    for (String line : headers.all("set-cookie")) {
      int end = line.indexOf(';');
      String pair = end < 0 ? line : line.substring(0, end);
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
        if (value != null) {
          return null;
        }
        value = pair.substring(equals + 1).strip();
      }
    }
    return value;
  }

  private static List<String> names(PointerPattern at) {
    List<String> names = new ArrayList<>();
    for (PointerPattern.Step step : at.steps()) {
      if (step instanceof PointerPattern.Name(String name)) {
        names.add(name);
      }
    }
    return names;
  }

  private static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) == 127) {
        return false;
      }
    }
    return !text.isBlank() && text.length() <= LONGEST_SUBJECT;
  }

  /// Whether nobody is known before it.
  private boolean proves() {
    return rule.does() == LoginRule.Does.LOGIN || rule.does() == LoginRule.Does.MFA;
  }

  private static boolean succeeded(int status) {
    return status >= 200 && status < 300;
  }
}
