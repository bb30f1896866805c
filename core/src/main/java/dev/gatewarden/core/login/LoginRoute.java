package dev.gatewarden.core.login;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.LoginRule;
import dev.gatewarden.core.contract.LoginRule.Failure;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An operation by which callers prove themselves to a service: as its contract says, or as it is
/// plainly called.
///
/// @param accounts where requests name whose account is tried; each that is there counts. Nowhere
///     where nothing tells
/// @param instead where requests present a token in place of an account, or null
/// @param pending where a second step names the login that it belongs to, or null
/// @param begins where the answer of a first step names it, or null
/// @param device where requests name a device that stays the same, or null
/// @param grant where requests say by what they ask for a token (RFC 6749, section 1.3), or null
/// @param stated whether the contract says what it is
public record LoginRoute(
    LoginKind kind,
    List<Selector> accounts,
    @Nullable Selector instead,
    @Nullable Selector pending,
    @Nullable Selector begins,
    @Nullable Selector device,
    @Nullable Selector grant,
    Failure failed,
    boolean stated) {
  /// The field that a name and a password stand in, where they are no part of the body.
  public static final Selector BASIC = new Selector.Header("authorization");

  public LoginRoute {
    accounts = List.copyOf(accounts);
  }

  /// What an operation is, or null where callers do not prove themselves by it.
  public static @Nullable LoginRoute of(Contract contract, Operation operation) {
    LoginRule rule = LoginRule.of(operation, new ArrayList<>());
    if (rule == null && !LoginSigns.promising(operation)) {
      return null;
    }
    LoginSigns signs = LoginSigns.of(contract, operation);
    if (rule == null) {
      LoginKind kind = signs.kind();
      return kind == null ? null : plain(kind, signs);
    }
    LoginKind kind =
        switch (rule.does()) {
          case LOGIN -> LoginKind.LOGIN;
          case MFA -> LoginKind.MFA;
          case RESET -> LoginKind.RESET;
          case REFRESH -> LoginKind.REFRESH;
          case SIGN_UP -> LoginKind.SIGN_UP;
          case LOGOUT, PASSWORD_CHANGE, NONE -> null;
        };
    return kind == null ? null : stated(kind, rule, signs);
  }

  /// Whether callers prove themselves anywhere.
  public static boolean any(Contract contract) {
    for (Operation operation : contract.operations()) {
      if (of(contract, operation) != null) {
        return true;
      }
    }
    return false;
  }

  private static LoginRoute plain(LoginKind kind, LoginSigns signs) {
    return new LoginRoute(
        kind,
        accounts(kind, signs),
        kind == LoginKind.LOGIN ? signs.refresh() : null,
        kind == LoginKind.MFA && !signs.pendings().isEmpty() ? signs.pendings().getFirst() : null,
        kind == LoginKind.LOGIN || kind == LoginKind.RESET ? signs.begins() : null,
        null,
        kind == LoginKind.LOGIN || kind == LoginKind.REFRESH ? signs.grant() : null,
        Failure.USUAL,
        false);
  }

  private static List<Selector> accounts(LoginKind kind, LoginSigns signs) {
    Selector refresh = signs.refresh();
    if (kind == LoginKind.REFRESH) {
      return refresh == null ? List.of() : List.of(refresh);
    }
    List<Selector> all = new ArrayList<>(signs.accounts());
    if (kind == LoginKind.MFA) {
      all.removeAll(signs.pendings());
    }
    if (kind == LoginKind.LOGIN && signs.basic()) {
      all.add(BASIC);
    }
    return all;
  }

  private static LoginRoute stated(LoginKind kind, LoginRule rule, LoginSigns signs) {
    LoginRoute plain = plain(kind, signs);
    Selector pending = rule.pending();
    boolean answered = pending != null && pending.afterwards();
    Failure failed = rule.failed();
    return new LoginRoute(
        kind,
        accounts(rule, plain),
        plain.instead,
        pending != null && !answered ? pending : plain.pending,
        answered ? pending : plain.begins,
        rule.device(),
        plain.grant,
        failed == null ? Failure.USUAL : failed,
        true);
  }

  private static List<Selector> accounts(LoginRule rule, LoginRoute plain) {
    Selector said = rule.account() != null ? rule.account() : rule.presents();
    if (said != null) {
      return List.of(said);
    }
    Selector subject = rule.subject();
    return plain.accounts.isEmpty()
            && subject != null
            && !subject.afterwards()
            && !(subject instanceof Selector.OfPrincipal)
        ? List.of(subject)
        : plain.accounts;
  }

  /// Whether the request's body has to be read.
  public boolean readsRequest() {
    return accounts.stream().anyMatch(each -> each instanceof Selector.Body)
        || instead instanceof Selector.Body
        || pending instanceof Selector.Body
        || grant instanceof Selector.Body
        || device instanceof Selector.Body;
  }

  /// Whether it is the user of HTTP Basic (RFC 7617).
  public static boolean isBasic(Selector at) {
    return at instanceof Selector.Header(String name) && name.equalsIgnoreCase("authorization");
  }

  /// As operators read it: `login by body#/email`.
  public String text() {
    String by =
        accounts.stream()
            .map(each -> isBasic(each) ? "basic" : each.text())
            .collect(Collectors.joining(", "));
    return kind.word()
        + (by.isEmpty() ? "" : " by " + by)
        + (pending == null ? "" : " within " + pending.text())
        + (stated ? "" : " (by its name)");
  }
}
