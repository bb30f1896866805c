package dev.gatewarden.controls.guards.session;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.controls.guards.intake.Failures;
import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Cost;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.identity.BrowserSessions;
import dev.gatewarden.core.identity.BrowserSessions.Standing.Live;
import dev.gatewarden.core.identity.BrowserSessions.Standing.Over;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.core.limit.Rate;
import java.time.Duration;
import java.util.Optional;

/// Proves who is calling by the cookie of a session that the gate itself keeps.
///
/// The cookie is nothing but an unguessable name; the tokens it stands for stay at the gate, and
/// the access token among them is verified on each call as if the caller had brought it, so that
/// revoking it ends the session. The cookie counts only where the contract asks for it
/// (`apiKey` in `cookie`), and never reaches the service.
@Control(
    id = "browser-session",
    stage = Stage.IDENTIFY,
    cost = Cost.CRYPTO,
    threats = {Threat.API2_AUTHENTICATION})
public final class BrowserSessionGuard implements Guard {

  /// What can be set.
  ///
  /// @param failures how many cookies that stand for nothing one source may present before it is
  ///     answered 429
  public record Config(Rate failures) {}

  /// Why a cookie proves nobody.
  public enum Why implements Reason {
    SEVERAL_COOKIES(400, "more than one session was presented"),
    MALFORMED(401, OVER),
    UNKNOWN(401, OVER),
    SIGNED_OUT(401, OVER),
    NOT_RENEWED(401, OVER),
    TOKEN_REFUSED(401, OVER),
    UNAVAILABLE(503, "sessions cannot be checked at the moment"),
    TOO_MANY_FAILURES(429, "too many sessions from this address were over");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "browser-session";
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public String summary() {
      return summary;
    }

    static Why of(BrowserSessions.Cause cause) {
      return switch (cause) {
        case UNKNOWN -> UNKNOWN;
        case SIGNED_OUT -> SIGNED_OUT;
        case NOT_RENEWED -> NOT_RENEWED;
        case TOKEN_REFUSED -> TOKEN_REFUSED;
        case UNAVAILABLE -> UNAVAILABLE;
      };
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          BrowserSessionGuard.class,
          new Config(new Rate(60, Duration.ofMinutes(1))),
          Reads.HEAD,
          Why.values(),
          BrowserSessionGuard::seat);

  private static final String OVER = "the session is over";

  private final BrowserSessions sessions;
  private final String cookie;
  private final Failures failures;
  private final String challenge;
  private final Verdict.Absent absent;

  private BrowserSessionGuard(BrowserSessions sessions, Setting setting, Config config) {
    this.sessions = sessions;
    this.cookie = sessions.cookie();
    this.failures = new Failures(config.failures(), Why.TOO_MANY_FAILURES);
    this.challenge =
        "Cookie realm=\""
            + setting.contract().api()
            + "\", form-action=\""
            + sessions.login()
            + "\", cookie-name=\""
            + cookie
            + '"';
    this.absent = Verdict.absent(challenge);
  }

  private static Optional<Guard> seat(Setting setting, Config config) {
    return setting.prover() instanceof Prover.Browser(var sessions)
            && setting.scheme().kind() instanceof SecurityScheme.ApiKey(var in, var name)
            && in == Parameter.In.COOKIE
            && name.equals(sessions.cookie())
        ? Optional.of(new BrowserSessionGuard(sessions, setting, config))
        : Optional.empty();
  }

  @Override
  public Verdict judge(Call call) {
    Request request = call.exchange().request();
    String value = SessionCookies.first(request.headers(), cookie);
    if (value == null) {
      return absent;
    }
    if (SessionCookies.count(request.headers(), cookie) > 1) {
      return broken(Why.SEVERAL_COOKIES, request);
    }
    if (!SessionCookies.wellFormed(value)) {
      return broken(Why.MALFORMED, request);
    }
    Ip source = request.peer().address();
    return switch (call.exchange().underWay()
        ? sessions.look(value, source)
        : sessions.find(value, source)) {
      case Live(var proof) -> new Verdict.Proved(proof);
      case Over(var cause) -> broken(Why.of(cause), request);
    };
  }

  private Verdict broken(Why why, Request request) {
    return failures.broken(why, request, why.status == 401 ? challenge : "");
  }
}
