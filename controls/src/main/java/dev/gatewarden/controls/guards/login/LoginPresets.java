package dev.gatewarden.controls.guards.login;

import dev.gatewarden.core.limit.Rate;
import java.time.Duration;

/// How often each kind of login may be tried where nobody says otherwise.
public final class LoginPresets {
  private LoginPresets() {}

  /// Passwords that may be wrong.
  ///
  /// @param account at one account, by all strangers together
  /// @param source from one network, at whatever account
  /// @param pair at one account from one network; a login that goes well begins it anew
  /// @param known at one account from where somebody logged in to it before; no stranger takes from
  ///     it
  /// @param all at the operation, by all strangers together
  /// @param reserve at the operation, by networks from where somebody logged in before, beside
  ///     `all`
  public record Login(Rate account, Rate source, Rate pair, Rate known, Rate all, Rate reserve) {
    public static final Login DEFAULT =
        new Login(
            new Rate(10, Duration.ofMinutes(15)),
            new Rate(60, Duration.ofMinutes(15)),
            new Rate(5, Duration.ofMinutes(5)),
            new Rate(20, Duration.ofMinutes(15)),
            new Rate(1000, Duration.ofMinutes(1)),
            new Rate(500, Duration.ofMinutes(1)));
  }

  /// Codes that may be wrong.
  ///
  /// @param account at one account, by all strangers together, however often the login is begun
  ///     anew
  /// @param source from one network, at whatever account
  /// @param pending within one login that was begun
  /// @param known at one account from where a second step went well before
  /// @param all at the operation, by all strangers together
  /// @param reserve at the operation, by networks from where somebody logged in before, beside
  ///     `all`
  public record Mfa(Rate account, Rate source, Rate pending, Rate known, Rate all, Rate reserve) {
    public static final Mfa DEFAULT =
        new Mfa(
            new Rate(10, Duration.ofHours(1)),
            new Rate(30, Duration.ofMinutes(15)),
            new Rate(5, Duration.ofMinutes(30)),
            new Rate(10, Duration.ofMinutes(30)),
            new Rate(500, Duration.ofMinutes(1)),
            new Rate(250, Duration.ofMinutes(1)));
  }

  /// Messages that may be sent; each request counts, however it is answered.
  ///
  /// @param account to one account, at the wish of all strangers together
  /// @param source at the wish of one network
  /// @param known to one account, at the wish of where somebody logged in to it before
  /// @param all at the operation, at the wish of all strangers together
  /// @param reserve at the operation, at the wish of networks from where somebody logged in before
  public record Reset(Rate account, Rate source, Rate known, Rate all, Rate reserve) {
    public static final Reset DEFAULT =
        new Reset(
            new Rate(5, Duration.ofHours(1)),
            new Rate(20, Duration.ofMinutes(15)),
            new Rate(3, Duration.ofHours(1)),
            new Rate(300, Duration.ofMinutes(1)),
            new Rate(150, Duration.ofMinutes(1)));
  }

  /// Tokens that may be renewed.
  ///
  /// @param token by one token, however it is answered
  /// @param source how many may be refused to one network
  /// @param all how many may be refused at the operation
  /// @param reserve how many besides to networks from where somebody logged in before
  public record Refresh(Rate token, Rate source, Rate all, Rate reserve) {
    public static final Refresh DEFAULT =
        new Refresh(
            new Rate(30, Duration.ofMinutes(5)),
            new Rate(60, Duration.ofMinutes(15)),
            new Rate(1000, Duration.ofMinutes(1)),
            new Rate(500, Duration.ofMinutes(1)));
  }

  /// Accounts that may be made; each request counts, however it is answered.
  ///
  /// @param account under one name or address
  /// @param source from one network
  /// @param all at the operation
  /// @param reserve at the operation, from networks from where somebody logged in before
  public record SignUp(Rate account, Rate source, Rate all, Rate reserve) {
    public static final SignUp DEFAULT =
        new SignUp(
            new Rate(5, Duration.ofHours(1)),
            new Rate(20, Duration.ofHours(1)),
            new Rate(300, Duration.ofMinutes(1)),
            new Rate(150, Duration.ofMinutes(1)));
  }
}
