package dev.gatewarden.controls.guards.login;

import dev.gatewarden.core.limit.Rate;
import dev.gatewarden.core.login.LoginKind;
import org.jspecify.annotations.Nullable;

/// The rates of one kind of login.
///
/// @param pair at one account from one network, or null
/// @param pending within one login that was begun, or null
/// @param known at one account from where somebody logged in before, or null
/// @param everyTry whether what goes well counts too
record Allowances(
    Rate account,
    Rate source,
    @Nullable Rate pair,
    @Nullable Rate pending,
    @Nullable Rate known,
    Rate all,
    Rate reserve,
    boolean everyTry) {

  /// As operators read it: `account 10/15m, source 60/15m, all 1000/1m, reserve 500/1m`.
  String text() {
    StringBuilder text = new StringBuilder("account ").append(account);
    text.append(", source ").append(source);
    if (pair != null) {
      text.append(", pair ").append(pair);
    }
    if (pending != null) {
      text.append(", pending ").append(pending);
    }
    if (known != null) {
      text.append(", known ").append(known);
    }
    return text.append(", all ").append(all).append(", reserve ").append(reserve).toString();
  }

  static Allowances of(LoginKind kind, LoginLimitGuard.Config config) {
    return switch (kind) {
      case LOGIN -> {
        LoginPresets.Login set = config.login();
        yield new Allowances(
            set.account(),
            set.source(),
            set.pair(),
            null,
            set.known(),
            set.all(),
            set.reserve(),
            false);
      }
      case MFA -> {
        LoginPresets.Mfa set = config.mfa();
        yield new Allowances(
            set.account(),
            set.source(),
            null,
            set.pending(),
            set.known(),
            set.all(),
            set.reserve(),
            false);
      }
      case RESET -> {
        LoginPresets.Reset set = config.reset();
        yield new Allowances(
            set.account(), set.source(), null, null, set.known(), set.all(), set.reserve(), true);
      }
      case REFRESH -> {
        LoginPresets.Refresh set = config.refresh();
        yield new Allowances(
            set.token(), set.source(), null, null, null, set.all(), set.reserve(), false);
      }
      case SIGN_UP -> {
        LoginPresets.SignUp set = config.signUp();
        yield new Allowances(
            set.account(), set.source(), null, null, null, set.all(), set.reserve(), true);
      }
    };
  }
}
