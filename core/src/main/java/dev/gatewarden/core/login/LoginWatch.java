package dev.gatewarden.core.login;

import dev.gatewarden.core.contract.LoginRule.Failure;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.exchange.Headers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is to be seen in the answer to a login, and what is remembered of it when it went well.
///
/// @param account whose login it is, as digest; null where that is not known
/// @param places from where, as digests
/// @param source the network, as digest
/// @param counted the accounts whose allowance it took from, as digests
/// @param lasting how long it is remembered
public record LoginWatch(
    LoginRoute route,
    @Nullable String account,
    List<String> places,
    String source,
    List<String> counted,
    Duration lasting) {
  private static final Set<String> SAY_YES =
      Set.of("success", "ok", "authenticated", "valid", "verified");
  private static final Set<String> SAY_NO = Set.of("error", "errors");

  /// How long a login may be begun without being finished.
  private static final Duration UNFINISHED = Duration.ofHours(1);

  public LoginWatch {
    places = List.copyOf(places);
    counted = List.copyOf(counted);
  }

  /// How a login went.
  public enum Went {
    WELL,
    /// The service said no.
    WRONG,
    /// Neither: it was not answered, or not judged.
    NEITHER
  }

  /// Whether the answer's body has to be read.
  public boolean readsAnswer(int status, Headers headers) {
    if (status < 200 || status >= 300) {
      return status < 500
          && (route.failed().at() instanceof Selector.ResponseBody
              || route.failed().without() instanceof Selector.ResponseBody)
          && json(headers);
    }
    return json(headers);
  }

  private static boolean json(Headers headers) {
    String type = headers.first("content-type");
    return type != null && type.toLowerCase(Locale.ROOT).contains("json");
  }

  /// How it went.
  public Went went(int status, Headers headers, Said body) {
    if (status < 200 || status >= 500) {
      return Went.NEITHER;
    }
    Failure failed = route.failed();
    Selector at = failed.at();
    Selector without = failed.without();
    if (status >= 400) {
      boolean counts = failed.statuses().isEmpty() || failed.statuses().contains(status);
      return counts && status != 429 ? Went.WRONG : Went.NEITHER;
    }
    boolean wrong =
        failed.statuses().contains(status)
            || (at != null && says(at, failed.is(), headers, body))
            || (without != null && !says(without, List.of(), headers, body))
            || (at == null && without == null && saysNo(body));
    return wrong ? Went.WRONG : Went.WELL;
  }

  private static boolean says(Selector at, List<String> is, Headers headers, Said body) {
    if (at instanceof Selector.ResponseHeader(String name)) {
      String value = headers.first(name);
      return value != null && (is.isEmpty() ? !value.isEmpty() : is.contains(value));
    }
    Node node = at instanceof Selector.ResponseBody(PointerPattern place) ? body.node(place) : null;
    if (is.isEmpty()) {
      return something(node);
    }
    String text = node instanceof Node.Null ? "null" : Json.scalar(node);
    return text != null && is.contains(text);
  }

  /// What services say that answer every login with 200, where the contract does not tell more.
  private static boolean saysNo(Said body) {
    if (!(body.root() instanceof Node.Obj object)) {
      return false;
    }
    for (Node.Member each : object.entries()) {
      String name = each.name().toLowerCase(Locale.ROOT);
      if ((SAY_YES.contains(name) && each.value() instanceof Node.Bool(var _, boolean yes) && !yes)
          || (SAY_NO.contains(name) && something(each.value()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean something(@Nullable Node node) {
    return switch (node) {
      case null -> false;
      case Node.Null _ -> false;
      case Node.Bool(var _, boolean value) -> value;
      case Node.Text text -> !text.value().isEmpty();
      case Node.Arr list -> !list.items().isEmpty();
      case Node.Obj object -> !object.entries().isEmpty();
      default -> true;
    };
  }

  /// Remembers one that went well.
  public void welcome(Regulars regulars, Headers headers, Said body) {
    String who = account;
    if (who == null) {
      return;
    }
    if (route.kind() == LoginKind.LOGIN || route.kind() == LoginKind.MFA) {
      regulars.welcome(who, places, source, lasting);
    }
    Selector begins = route.begins();
    String pending =
        switch (begins) {
          case Selector.ResponseBody(PointerPattern at) -> body.text(at);
          case Selector.ResponseHeader(String name) -> headers.first(name);
          case null, default -> null;
        };
    if (pending != null && !pending.isEmpty()) {
      regulars.begin(regulars.digest(pending), new Regulars.Begun(who, counted), UNFINISHED);
    }
  }
}
