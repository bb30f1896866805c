package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.LoginRule.Does;
import dev.gatewarden.core.contract.LoginRule.Expiry;
import dev.gatewarden.core.contract.LoginRule.Spot;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.limit.DurationText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `x-gatewarden-login`.
final class LoginReader {
  private static final String COOKIE = "response.cookie.";

  private final Operation operation;
  private final Notes notes = new Notes();

  private LoginReader(Operation operation) {
    this.operation = operation;
  }

  static @Nullable LoginRule read(Operation operation, List<Problem> problems) {
    Node node = operation.extensions().get(LoginRule.WORD);
    if (node == null) {
      return null;
    }
    LoginReader reader = new LoginReader(operation);
    LoginRule rule = reader.rule(node);
    problems.addAll(reader.notes.problems());
    return reader.notes.problems().isEmpty() ? rule : null;
  }

  private @Nullable LoginRule rule(Node node) {
    if (!(node instanceof Obj written)) {
      notes.problem(
          node.place(),
          "`x-gatewarden-login` should be a map, not " + Nodes.kind(node),
          "write `{does: login, subject: body#/username, token: response.body#/token}`");
      return null;
    }
    Fields fields =
        new Fields(
            written,
            notes,
            "does",
            "account",
            "pending",
            "device",
            "failed",
            "subject",
            "tenant",
            "token",
            "renewal",
            "presents",
            "expires",
            "scheme");
    Does does = fields.choice("does", Does.class);
    Node.Text scheme = fields.text("scheme");
    LoginRule rule =
        new LoginRule(
            does == null ? Does.LOGIN : does,
            selector(fields, "account"),
            selector(fields, "pending"),
            selector(fields, "device"),
            LoginFailureReader.read(fields, notes),
            selector(fields, "subject"),
            selector(fields, "tenant"),
            spot(fields, "token"),
            spot(fields, "renewal"),
            selector(fields, "presents"),
            expiry(fields),
            scheme == null ? null : scheme.value(),
            written.place());
    if (!fields.has("does")) {
      notes.problem(
          written.place(),
          "the login rule does not say what the operation `does`",
          "write `does:` and one of login, mfa, reset, sign-up, refresh, logout, password-change,"
              + " none");
    } else if (does != null) {
      fits(does, rule, fields);
    }
    return rule;
  }

  private void fits(Does does, LoginRule rule, Fields fields) {
    switch (does) {
      case LOGIN, MFA -> {
        refuses(fields, does, "presents");
        if (rule.token() == null) {
          issuesNothing(fields);
        } else {
          needs(fields, "subject", "a login says whose the token is");
        }
        if (rule.subject() instanceof Selector.OfPrincipal) {
          notes.problem(
              fields.place("subject"),
              "before a login nobody is proved",
              "write `subject: body#/username`, or better where the answer says it");
        }
      }
      case REFRESH -> {
        if (rule.token() == null) {
          issuesNothing(fields);
        }
        if (rule.presents() == null && operation.security().admitsAnonymous()) {
          notes.problem(
              rule.place(),
              "nothing says whose token is renewed: anybody may call, and no token is presented",
              "write `presents: body#/refresh_token`, or ask for a token in `security`");
        }
        refuses(fields, does, "account");
        // The ledger knows whose a token is; a word of the request would let callers choose.
        refuses(fields, does, "subject");
        refuses(fields, does, "tenant");
      }
      case LOGOUT -> {
        refusesTokens(fields, does);
        refusesTries(fields, does);
        proved(rule);
      }
      case PASSWORD_CHANGE -> {
        refusesTries(fields, does);
        refuses(fields, does, "renewal");
        refuses(fields, does, "presents");
        refuses(fields, does, "tenant");
        if (rule.subject() == null) {
          proved(rule);
        }
      }
      case RESET, SIGN_UP -> refusesTokens(fields, does);
      case NONE -> {
        refusesTokens(fields, does);
        refusesTries(fields, does);
      }
    }
    pending(does, rule, fields);
  }

  /// The first step's answer names what the second one's request names.
  private void pending(Does does, LoginRule rule, Fields fields) {
    Selector pending = rule.pending();
    if (pending == null) {
      return;
    }
    if (does == Does.MFA && pending.afterwards()) {
      notes.problem(
          fields.place("pending"),
          "the second step names the login it belongs to in its request",
          "write `pending: body#/mfa_token`");
    }
    if (does != Does.MFA && !pending.afterwards()) {
      notes.problem(
          fields.place("pending"),
          "the first step names the login in its answer",
          "write `pending: response.body#/mfa_token`");
    }
  }

  private void issuesNothing(Fields fields) {
    for (String word : List.of("subject", "tenant", "renewal", "expires", "scheme")) {
      if (fields.has(word)) {
        notes.problem(
            fields.place(), "a login that says `" + word + "` issues a token: `token` is missing");
        return;
      }
    }
  }

  private void refusesTokens(Fields fields, Does does) {
    for (String word :
        List.of("subject", "tenant", "token", "renewal", "presents", "expires", "scheme")) {
      if (does != Does.LOGOUT || !word.equals("scheme")) {
        refuses(fields, does, word);
      }
    }
  }

  private void refusesTries(Fields fields, Does does) {
    for (String word : List.of("account", "pending", "device", "failed")) {
      refuses(fields, does, word);
    }
  }

  private void proved(LoginRule rule) {
    if (operation.security().admitsAnonymous()) {
      notes.problem(
          rule.place(),
          "nothing says whose tokens end: anybody may call",
          "ask for a token in `security`, or for `password-change` write `subject:`");
    }
  }

  private void needs(Fields fields, String word, String why) {
    if (!fields.has(word)) {
      notes.problem(fields.place(), why + ": `" + word + "` is missing");
    }
  }

  private void refuses(Fields fields, Does does, String word) {
    if (fields.has(word)) {
      notes.problem(
          fields.place(word),
          "`" + word + "` has no effect beside `does: " + Fields.word(does) + "`",
          "leave it out");
    }
  }

  private @Nullable Selector selector(Fields fields, String word) {
    Node.Text text = fields.text(word);
    if (text == null) {
      return null;
    }
    return switch (SelectorReader.read(text.value())) {
      case SelectorReader.Outcome.Wrong(String message, String advice) -> {
        notes.problem(text.place(), message, advice);
        yield null;
      }
      case SelectorReader.Outcome.Read(Selector selector) -> {
        if (List.of("presents", "account", "device").contains(word) && selector.afterwards()) {
          notes.problem(text.place(), "`" + word + "` stands in the request");
        }
        yield word.equals("account") && selector instanceof Selector.QueryParameter
            ? selector
            : usable(selector, text);
      }
    };
  }

  private @Nullable Selector usable(Selector selector, Node.Text text) {
    String message =
        switch (selector) {
          case Selector.PathParameter(String name) ->
              operation.parameter(Parameter.In.PATH, name) == null
                  ? "the path has no parameter `" + Nodes.shown(name) + "`"
                  : "";
          case Selector.Header _, Selector.Cookie _, Selector.ResponseHeader _ -> "";
          case Selector.OfPrincipal(PrincipalPart part) ->
              part instanceof PrincipalPart.Subject ? "" : "only `principal.subject` is known here";
          case Selector.Body(PointerPattern at) ->
              at.many() || at.steps().isEmpty() ? "one value is wanted, not several" : "";
          case Selector.ResponseBody(PointerPattern at) ->
              at.many() || at.steps().isEmpty() ? "one value is wanted, not several" : "";
          case Selector.QueryParameter _ -> "credentials and subjects do not stand in addresses";
          case Selector.Argument _,
              Selector.Message _,
              Selector.Part _,
              Selector.HostLabel _,
              Selector.Result _ ->
              "a login rule reads path, header, cookie, body and response only";
        };
    if (!message.isEmpty()) {
      notes.problem(text.place(), "`" + Nodes.shown(text.value()) + "`: " + message);
      return null;
    }
    return selector;
  }

  private @Nullable Spot spot(Fields fields, String word) {
    Node.Text text = fields.text(word);
    if (text == null) {
      return null;
    }
    String value = text.value();
    String plain = value.startsWith("$response.") ? value.substring(1) : value;
    if (plain.startsWith(COOKIE) && plain.length() > COOKIE.length()) {
      return new Spot.InCookie(plain.substring(COOKIE.length()));
    }
    if (SelectorReader.read(plain) instanceof SelectorReader.Outcome.Read(Selector selector)) {
      if (selector instanceof Selector.ResponseHeader(String name)) {
        return new Spot.InHeader(name);
      }
      List<String> path = selector instanceof Selector.ResponseBody(var at) ? names(at) : null;
      if (path != null) {
        return new Spot.InBody(path);
      }
    }
    notes.problem(
        text.place(),
        "`" + Nodes.shown(value) + "` is no place of a token in an answer",
        "write `response.body#/token`, `response.header.X-Token` or `response.cookie.sid`");
    return null;
  }

  private @Nullable Expiry expiry(Fields fields) {
    Node.Text text = fields.text("expires");
    if (text == null) {
      return null;
    }
    List<String> path =
        SelectorReader.read(text.value())
                instanceof SelectorReader.Outcome.Read(Selector.ResponseBody(var at))
            ? names(at)
            : null;
    if (path != null) {
      return new Expiry.Said(path);
    }
    try {
      return new Expiry.After(DurationText.parse(text.value()));
    } catch (IllegalArgumentException | ArithmeticException wrong) {
      notes.problem(
          text.place(),
          "`" + Nodes.shown(text.value()) + "` is neither a length of time nor a place of one",
          "write `30m`, or `response.body#/expires_in` for a number of seconds");
      return null;
    }
  }

  /// The names a pattern steps through, or null where it selects the whole or several values.
  static @Nullable List<String> names(PointerPattern at) {
    List<String> names = new ArrayList<>();
    for (PointerPattern.Step step : at.steps()) {
      if (!(step instanceof PointerPattern.Name(String name))) {
        return null;
      }
      names.add(name);
    }
    return names.isEmpty() ? null : names;
  }
}
