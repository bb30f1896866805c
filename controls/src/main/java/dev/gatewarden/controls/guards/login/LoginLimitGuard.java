package dev.gatewarden.controls.guards.login;

import dev.gatewarden.controls.guards.Bound;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.controls.guards.intake.Source;
import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Cost;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.limit.Rate;
import dev.gatewarden.core.login.LoginKind;
import dev.gatewarden.core.login.LoginRoute;
import dev.gatewarden.core.login.LoginWatch;
import dev.gatewarden.core.login.Regulars;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Bounds how often passwords, codes and tokens may be tried, messages sent and accounts made: at
/// one
/// account, from one network, at one account from one network, and at the operation.
///
/// Operations by which callers prove themselves are known by `x-gatewarden-login`, or by what they
/// are called and take. Only what the service refuses counts at logins, second steps and refreshes.
/// From where somebody logged in to an account before, that account has an allowance of its own,
/// which
/// no stranger can use up: nobody is locked out by the guesses of others.
@Control(
    id = "login-limit",
    stage = Stage.COMMIT,
    cost = Cost.WAITS,
    threats = {Threat.API2_AUTHENTICATION, Threat.API6_BUSINESS_FLOWS})
public final class LoginLimitGuard implements Guard {

  /// What can be set.
  ///
  /// @param login how often passwords may be wrong
  /// @param mfa how often codes may be wrong
  /// @param reset how often messages may be sent
  /// @param refresh how often tokens may be renewed
  /// @param signUp how often accounts may be made
  /// @param remember how long it is remembered who logged in from where; from one hour to 400 days
  public record Config(
      LoginPresets.Login login,
      LoginPresets.Mfa mfa,
      LoginPresets.Reset reset,
      LoginPresets.Refresh refresh,
      LoginPresets.SignUp signUp,
      Duration remember) {
    public Config {
      Bound.within("remember", remember, Duration.ofHours(1), Duration.ofDays(400));
    }
  }

  /// Why a request is refused. Which limit it was is not told: who guesses has no use for it that
  /// is
  /// not abuse.
  public enum Why implements Reason {
    TOO_MANY;

    @Override
    public String control() {
      return "login-limit";
    }

    @Override
    public int status() {
      return 429;
    }

    @Override
    public String summary() {
      return "too many attempts";
    }

    @Override
    public boolean quiet() {
      return true;
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          LoginLimitGuard.class,
          new Config(
              LoginPresets.Login.DEFAULT,
              LoginPresets.Mfa.DEFAULT,
              LoginPresets.Reset.DEFAULT,
              LoginPresets.Refresh.DEFAULT,
              LoginPresets.SignUp.DEFAULT,
              Duration.ofDays(90)),
          Reads.BODY,
          Why.values(),
          LoginLimitGuard::seated);

  /// Requests that name no account share one allowance, which is so many times that of an account.
  private static final int NAMELESS = 10;

  private final LoginRoute route;
  private final Allowances rates;
  private final Regulars regulars;
  private final Duration remember;
  private final AttemptReader reader;
  private final String scope;
  private final String operation;

  private LoginLimitGuard(Setting setting, LoginRoute route, Config config) {
    this.route = route;
    this.rates = Allowances.of(route.kind(), config);
    this.regulars = setting.ports().regulars();
    this.remember = config.remember();
    this.reader = new AttemptReader(route, regulars);
    this.scope = setting.contract().api() + "." + route.kind().word() + "/";
    this.operation = setting.operation().id().toString();
  }

  /// How often what an operation is may be tried, as operators read it.
  public static String told(LoginRoute route, Config config) {
    return Allowances.of(route.kind(), config).text();
  }

  private static Optional<Guard> seated(Setting setting, Config config) {
    LoginRoute route = LoginRoute.of(setting.contract(), setting.operation());
    return route == null
        ? Optional.empty()
        : Optional.of(new LoginLimitGuard(setting, route, config));
  }

  @Override
  public Verdict judge(Call call) {
    Attempt attempt = reader.of(call);
    String source = Source.of(call.exchange().request().peer().address());
    List<Claim> claims = new ArrayList<>(6);
    String pending = attempt.pending();
    if (rates.pending() != null && pending != null) {
      claims.add(take("pending", pending, rates.pending()).keptIfDeclined());
    }
    Rate known = rates.known();
    String place = known == null ? null : place(attempt);
    if (known == null || place == null) {
      strangers(attempt, source, claims);
    } else {
      claims.add(pair("known", attempt.account() + "@" + place, known));
    }
    LoginWatch watch =
        new LoginWatch(
            route,
            attempt.account(),
            attempt.places(),
            regulars.digest("source|" + source),
            attempt.counted(),
            remember);
    return new Verdict.Pass(null, List.copyOf(claims), List.of(new Edit.WatchLogin(watch)));
  }

  /// From where the account was logged in to before, or null.
  private @Nullable String place(Attempt attempt) {
    if (attempt.account() == null) {
      return null;
    }
    try {
      for (String place : attempt.places()) {
        if (regulars.knows(attempt.account(), List.of(place))) {
          return place;
        }
      }
    } catch (OutOfReach gone) {
      // While nobody can say who is known, everybody is a stranger.
      return null;
    }
    return null;
  }

  private void strangers(Attempt attempt, String source, List<Claim> claims) {
    for (String counted : attempt.counted()) {
      claims.add(tried(take("account", counted, rates.account())));
    }
    switch (attempt.named()) {
      case PLAINLY -> {}
      case ODDLY -> claims.add(tried(take("account", "~odd", rates.account())));
      case NOT_AT_ALL -> {
        Rate one = rates.account();
        claims.add(failed(take("account", "~none", new Rate(one.count() * NAMELESS, one.per()))));
      }
    }
    if (rates.pair() != null && attempt.account() != null) {
      claims.add(pair("pair", attempt.account() + "@" + source, rates.pair()));
    }
    claims.add(failed(take("source", source, rates.source())));
    boolean seen = seen(source);
    claims.add(
        failed(claim(seen ? "reserve" : "all", operation, seen ? rates.reserve() : rates.all())));
  }

  private boolean seen(String source) {
    try {
      return regulars.knows(regulars.digest("source|" + source));
    } catch (OutOfReach gone) {
      return false;
    }
  }

  /// What is kept of an account's allowance.
  private Claim tried(Claim claim) {
    return rates.everyTry() || route.kind() == LoginKind.REFRESH ? claim : claim.keptIfDeclined();
  }

  private Claim failed(Claim claim) {
    return rates.everyTry() ? claim : claim.keptIfDeclined();
  }

  /// A login that goes well begins the allowance anew; a message that was sent does not.
  private Claim pair(String part, String of, Rate rate) {
    return rates.everyTry() ? take(part, of, rate) : take(part, of, rate).keptUntilSuccess();
  }

  private Claim take(String part, String of, Rate rate) {
    return claim(part, scope + of, rate);
  }

  /// Each part has a share of its own of the room for claims: who makes up accounts takes none of
  /// that
  /// of pairs that are known.
  private static Claim claim(String part, String of, Rate rate) {
    return Claim.take("login-limit/" + part + "/" + of, 1, rate.count(), rate.per(), Why.TOO_MANY);
  }
}
