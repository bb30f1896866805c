package dev.gatewarden.gateway.binder.parameter;

import dev.gatewarden.core.canon.Cookies;
import dev.gatewarden.core.canon.OneReading;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.exchange.Breach;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.gateway.binder.shape.Cut;
import dev.gatewarden.gateway.binder.shape.Fields;
import dev.gatewarden.gateway.binder.shape.Percent;
import dev.gatewarden.gateway.binder.shape.Piece;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges the cookies of one operation.
///
/// Exploded lists are cookies of one name, exploded objects cookies by the names of their
/// properties (OpenAPI 3.2, style `cookie`); in the style `form` values are percent-encoded.
/// Cookies that nobody declared come from the browser's other pages: they pass, unless the operator
/// refuses them.
final class CookieParameters {
  private final List<ParameterCheck> checks;
  private final List<String> keys;
  private final boolean refuseUndeclared;

  /// @param keys names under which a security scheme of the operation looks for a credential
  CookieParameters(List<ParameterCheck> checks, List<String> keys, boolean refuseUndeclared) {
    this.checks = checks;
    this.keys = keys;
    this.refuseUndeclared = refuseUndeclared;
  }

  Breach judge(Headers headers, @Nullable List<Detail> details) {
    if (checks.isEmpty() && !refuseUndeclared) {
      return Breach.NONE;
    }
    if (!(Cookies.read(headers.all("cookie"))
        instanceof OneReading.Clear<Cookies>(Cookies given))) {
      Faults.add(details, "cookie", "the cookies have no single reading");
      return Breach.SCHEMA;
    }
    Breach breach = refuseUndeclared ? names(given, details) : Breach.NONE;
    for (ParameterCheck check : checks) {
      breach = breach.or(judge(check, given, details));
    }
    return breach;
  }

  private Breach names(Cookies given, @Nullable List<Detail> details) {
    Breach breach = Breach.NONE;
    for (Cookies.Cookie cookie : given.all()) {
      if (!keys.contains(cookie.name()) && !isDeclared(cookie.name())) {
        List<String> known = checks.stream().map(ParameterCheck::name).toList();
        String advice = Nearest.advice(cookie.name(), known);
        breach = breach.or(Faults.undeclared("cookie", cookie.name(), advice, details));
      }
    }
    return breach;
  }

  private boolean isDeclared(String name) {
    for (ParameterCheck check : checks) {
      if (isSpread(check)
          ? check.shape().properties().containsKey(name)
          : check.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSpread(ParameterCheck check) {
    return !check.plain()
        && check.parameter().explode()
        && check.shape().mayBeObject()
        && !check.shape().mayBeArray();
  }

  private static Breach judge(ParameterCheck check, Cookies given, @Nullable List<Detail> details) {
    if (isSpread(check)) {
      return spread(check, given, details);
    }
    Parameter parameter = check.parameter();
    List<String> values = new ArrayList<>();
    for (Cookies.Cookie cookie : given.all()) {
      if (cookie.name().equals(check.name())) {
        values.add(cookie.value());
      }
    }
    if (values.isEmpty()) {
      return Faults.missing(check, details);
    }
    Cut.Decoding decoding = decoding(parameter);
    if (!check.plain() && parameter.explode()) {
      List<Piece> items = new ArrayList<>();
      for (String value : values) {
        String text = decoding.of(value);
        if (text == null) {
          return undecodable(check, details);
        }
        items.add(new Piece.Text(text));
      }
      return Faults.one(check, new Piece.Items(items), details);
    }
    if (values.size() > 1) {
      return Faults.repeated(check.where(), details);
    }
    if (!check.plain()) {
      Cut cut = new Cut(parameter.style(), parameter.explode(), check.name(), decoding);
      return Faults.cut(check, cut, values.getFirst(), details);
    }
    String text = decoding.of(values.getFirst());
    return text == null ? undecodable(check, details) : Faults.one(check, text, details);
  }

  private static Breach undecodable(ParameterCheck check, @Nullable List<Detail> details) {
    Faults.add(details, check.where(), "is not percent-encoded UTF-8");
    return Breach.SCHEMA;
  }

  private static Cut.Decoding decoding(Parameter parameter) {
    return parameter.style() == Parameter.Style.FORM ? Percent::decode : Cut.Decoding.NONE;
  }

  private static Breach spread(
      ParameterCheck check, Cookies given, @Nullable List<Detail> details) {
    List<Fields.Rule> rules = new ArrayList<>();
    check
        .shape()
        .properties()
        .forEach(
            (name, inside) -> rules.add(new Fields.Rule(name, inside, Fields.Form.PLAIN, null)));
    List<Query.Pair> pairs = new ArrayList<>();
    for (Cookies.Cookie cookie : given.all()) {
      String text = decoding(check.parameter()).of(cookie.value());
      if (check.shape().properties().containsKey(cookie.name())) {
        if (text == null) {
          return undecodable(check, details);
        }
        pairs.add(new Query.Pair(cookie.name(), text));
      }
    }
    if (pairs.isEmpty()) {
      return Faults.missing(check, details);
    }
    Fields.Assembled assembled =
        new Fields(rules, false, _ -> false)
            .assemble(new Query("", pairs), false, name -> "cookie/" + name, details);
    return assembled.breach().or(Faults.one(check, assembled.piece(), details));
  }
}
