package dev.gatewarden.core.login;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.NameWords;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.contract.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an operation shows of being a login: how it is called, and what it takes.
///
/// @param words of its path and its name
/// @param accounts where the request names an account
/// @param codes where it takes a code
/// @param pendings where it may name a login that was begun
/// @param grant where it says by what a token is asked for, or null
/// @param refresh where it takes a token that buys new ones, or null
/// @param secret whether it takes a password
/// @param basic whether it takes a password in `Authorization`
/// @param begins where its answer may name a login that is to be finished, or null
record LoginSigns(
    Operation operation,
    Map<String, SecurityScheme> schemes,
    Set<String> words,
    List<Selector> accounts,
    List<Selector> codes,
    List<Selector> pendings,
    @Nullable Selector grant,
    @Nullable Selector refresh,
    boolean secret,
    boolean basic,
    @Nullable Selector begins) {
  /// How deep objects are looked into: `data.attributes.email`.
  private static final int DEEPEST = 2;

  static LoginSigns of(Contract contract, Operation operation) {
    Map<Selector, Field> fields = new LinkedHashMap<>();
    RequestBody body = operation.body();
    if (body != null) {
      for (Content.MediaType type : body.content().types().values()) {
        if (type.schema() != null) {
          members(Shape.of(type.schema()), List.of(), false, fields);
        }
      }
    }
    for (Parameter each : operation.parameters()) {
      Selector at =
          switch (each.in()) {
            case PATH -> new Selector.PathParameter(each.name());
            case QUERY -> new Selector.QueryParameter(each.name());
            case HEADER, COOKIE, QUERYSTRING -> null;
          };
      if (at != null) {
        fields.put(at, new Field(each.name(), Shape.of(each.schema())));
      }
    }
    Set<String> words = new HashSet<>(LoginWords.ofPath(operation));
    words.addAll(LoginWords.ofId(operation));
    return new LoginSigns(
        operation,
        contract.schemes(),
        words,
        named(fields, LoginWords.ACCOUNTS),
        named(fields, LoginWords.CODES),
        named(fields, LoginWords.PENDING),
        first(named(fields, Set.of("granttype"))),
        first(named(fields, Set.of("refreshtoken"))),
        fields.values().stream().anyMatch(Field::isSecret),
        basic(contract, operation),
        begins(operation));
  }

  /// Whether it is called like any of this, so that it is worth reading what it takes.
  static boolean promising(Operation operation) {
    Set<String> words = new HashSet<>(LoginWords.ofPath(operation));
    words.addAll(LoginWords.ofId(operation));
    return LoginWords.any(words, LoginWords.ENTRANCE)
        || LoginWords.any(words, LoginWords.LOST)
        || LoginWords.any(words, LoginWords.MEMBERSHIP)
        || LoginWords.any(words, LoginWords.PEOPLE)
        || LoginWords.any(words, LoginWords.SECOND_STEP)
        || LoginWords.any(words, LoginWords.MESSAGE)
        || words.contains("sign")
        || words.contains("log")
        || words.contains("refresh");
  }

  /// One value that a request has a name for.
  private record Field(String name, Shape shape) {
    boolean isSecret() {
      return "password".equals(shape.text("format"))
          || LoginWords.PASSWORDS.contains(LoginWords.plain(name))
          || LoginWords.PASSWORDS.contains(last());
    }

    private String last() {
      List<String> words = NameWords.of(name);
      return words.isEmpty() ? "" : words.getLast();
    }
  }

  private static void members(
      Shape shape, List<PointerPattern.Step> below, boolean answer, Map<Selector, Field> to) {
    shape
        .members()
        .forEach(
            (name, inner) -> {
              List<PointerPattern.Step> at = new ArrayList<>(below);
              at.add(new PointerPattern.Name(name));
              if (inner.scalar() || inner.types().isEmpty()) {
                PointerPattern pattern = new PointerPattern(at);
                to.put(
                    answer ? new Selector.ResponseBody(pattern) : new Selector.Body(pattern),
                    new Field(name, inner));
              } else if (below.size() < DEEPEST && inner.types().contains("object")) {
                members(inner, at, answer, to);
              }
            });
  }

  private static List<Selector> named(Map<Selector, Field> fields, Set<String> names) {
    List<Selector> found = new ArrayList<>();
    fields.forEach(
        (at, field) -> {
          if (names.contains(LoginWords.plain(field.name))) {
            found.add(at);
          }
        });
    return found;
  }

  private static boolean basic(Contract contract, Operation operation) {
    for (Security.Alternative alternative : operation.security().alternatives()) {
      for (Security.Need need : alternative.needs()) {
        SecurityScheme scheme = contract.schemes().get(need.scheme());
        if (scheme != null
            && scheme.kind() instanceof SecurityScheme.Http http
            && http.scheme().equals("basic")) {
          return true;
        }
      }
    }
    return false;
  }

  private static @Nullable Selector begins(Operation operation) {
    Map<Selector, Field> fields = new LinkedHashMap<>();
    for (Responses.Promised each : operation.responses().byStatus().values()) {
      if (each.status().startsWith("2")) {
        for (Content.MediaType type : each.content().types().values()) {
          if (type.schema() != null) {
            members(Shape.of(type.schema()), List.of(), true, fields);
          }
        }
      }
    }
    return first(named(fields, LoginWords.PENDING));
  }

  private static @Nullable Selector first(List<Selector> found) {
    return found.isEmpty() ? null : found.getFirst();
  }

  /// What it plainly is; null where it is nothing of it, or not plainly.
  @Nullable LoginKind kind() {
    if (LoginWords.any(words, LoginWords.ENDS) || words.contains("change")) {
      return null;
    }
    if (operation.safe()) {
      return isLogin() && (secret || basic) ? LoginKind.LOGIN : null;
    }
    if (isLost()) {
      return codes.isEmpty() && !takesToken() && !secret
          ? (accounts.isEmpty() || !(open() || byKey()) ? null : LoginKind.RESET)
          : LoginKind.MFA;
    }
    if (isMembership()) {
      return LoginKind.SIGN_UP;
    }
    if (isCalledMembership()) {
      return null;
    }
    if (isLogin()) {
      return LoginKind.LOGIN;
    }
    if (refresh != null
        || (words.contains("refresh") && LoginWords.any(words, LoginWords.ENTRANCE))) {
      return LoginKind.REFRESH;
    }
    if (!codes.isEmpty() && isSecondStep()) {
      return LoginKind.MFA;
    }
    return !accounts.isEmpty()
            && !secret
            && (open() || byKey())
            && LoginWords.any(words, LoginWords.MESSAGE)
            && LoginWords.any(words, LoginWords.SENDS)
        ? LoginKind.RESET
        : null;
  }

  private boolean isLogin() {
    boolean named =
        LoginWords.any(words, LoginWords.ENTRANCE)
            || words.containsAll(List.of("sign", "in"))
            || words.containsAll(List.of("log", "in"));
    return named && (basic || (secret && (!accounts.isEmpty() || words.contains("login"))));
  }

  /// A code may be one of a country or of a discount, where nothing is entered by it.
  private boolean isSecondStep() {
    return LoginWords.any(words, LoginWords.SECOND_STEP)
        || (words.contains("code") && LoginWords.any(words, LoginWords.ENTRANCE));
  }

  private boolean isLost() {
    return words.contains("forgot")
        || words.contains("forgotten")
        || (LoginWords.any(words, LoginWords.LOST)
            && (LoginWords.any(words, LoginWords.LOST_WHAT) || secret));
  }

  /// A token that was sent, by which a password is set anew.
  private boolean takesToken() {
    RequestBody body = operation.body();
    if (body == null) {
      return false;
    }
    for (Content.MediaType type : body.content().types().values()) {
      if (type.schema() != null) {
        for (String name : Shape.of(type.schema()).members().keySet()) {
          if (LoginWords.plain(name).endsWith("token")) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// Whether nobody has to be proved: who has lost a password has no token either.
  private boolean open() {
    return !operation.security().stated() || operation.security().admitsAnonymous();
  }

  /// Whether an application's key will do, which says nothing of who uses it.
  private boolean byKey() {
    for (Security.Alternative alternative : operation.security().alternatives()) {
      boolean keys = !alternative.needs().isEmpty();
      for (Security.Need need : alternative.needs()) {
        SecurityScheme scheme = schemes.get(need.scheme());
        keys &= scheme != null && scheme.kind() instanceof SecurityScheme.ApiKey;
      }
      if (keys) {
        return true;
      }
    }
    return false;
  }

  private boolean isMembership() {
    if (isCalledMembership()) {
      return secret
          ? open() || (byKey() && !accounts.isEmpty())
          : operation.security().admitsAnonymous() && !accounts.isEmpty();
    }
    List<String> path = LoginWords.ofPath(operation);
    return operation.security().admitsAnonymous()
        && secret
        && operation.method().equals("POST")
        && !path.isEmpty()
        && LoginWords.PEOPLE.contains(path.getLast());
  }

  private boolean isCalledMembership() {
    return LoginWords.any(words, LoginWords.MEMBERSHIP) || words.containsAll(List.of("sign", "up"));
  }
}
