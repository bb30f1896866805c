package dev.gatewarden.gateway.binder.parameter;

import dev.gatewarden.core.canon.PathReader;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.exchange.Breach;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.gateway.binder.shape.Cut;
import dev.gatewarden.gateway.binder.shape.Fields;
import dev.gatewarden.gateway.binder.shape.Piece;
import dev.gatewarden.gateway.binder.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Judges the query of one operation. A name that nobody declared, or one that comes twice, breaks
/// the contract by itself.
final class QueryParameters {
  /// Those that are one name and one text.
  private final List<ParameterCheck> plain = new ArrayList<>();

  private final List<Listed> listed = new ArrayList<>();
  private final List<Composed> composed = new ArrayList<>();
  private final List<String> keys;
  private @Nullable ParameterCheck whole;

  /// One name whose text is cut, or that comes once for each item.
  private record Listed(ParameterCheck check, @Nullable Cut cut) {}

  /// One whose value stands under several names.
  private record Composed(ParameterCheck check, Fields fields) {}

  /// @param keys names under which a security scheme of the operation looks for a credential
  /// @param isJson whether a text is one complete JSON document
  QueryParameters(List<ParameterCheck> all, List<String> keys, Predicate<String> isJson) {
    this.keys = keys;
    for (ParameterCheck check : all) {
      Parameter parameter = check.parameter();
      if (parameter.in() == Parameter.In.QUERYSTRING) {
        whole = check;
        if (isForm(parameter)) {
          composed.add(new Composed(check, fields(check.shape(), isJson)));
        }
      } else if (check.plain()) {
        plain.add(check);
      } else {
        add(check, isJson);
      }
    }
  }

  private static boolean isForm(Parameter parameter) {
    return "application/x-www-form-urlencoded".equals(parameter.mediaType());
  }

  private void add(ParameterCheck check, Predicate<String> isJson) {
    Parameter parameter = check.parameter();
    Fields.Rule rule =
        Fields.Rule.of(check.name(), check.shape(), parameter.style(), parameter.explode());
    switch (rule.form()) {
      case PLAIN, DOCUMENT -> listed.add(new Listed(check, null));
      case CUT ->
          listed.add(
              new Listed(
                  check,
                  new Cut(
                      parameter.style(),
                      false,
                      check.name(),
                      raw -> PathReader.decode(raw, 0, raw.length()))));
      case DEEP, BRACKETS ->
          composed.add(new Composed(check, new Fields(List.of(rule), false, isJson)));
      case SPREAD -> composed.add(new Composed(check, fields(check.shape(), isJson)));
    }
  }

  /// The properties of a shape as names of the query.
  private Fields fields(Shape shape, Predicate<String> isJson) {
    List<Fields.Rule> rules = new ArrayList<>();
    shape
        .properties()
        .forEach(
            (name, inside) -> rules.add(new Fields.Rule(name, inside, Fields.Form.PLAIN, null)));
    return new Fields(rules, shape.open(), isJson).beside(this::isOthers);
  }

  Breach judge(Query given, @Nullable List<Detail> details) {
    if (whole != null && composed.isEmpty()) {
      return whole(whole, given, details);
    }
    Breach breach = names(given, details);
    for (int i = 0; i < plain.size(); i++) {
      breach = breach.or(plain(plain.get(i), given, details));
    }
    for (int i = 0; i < listed.size(); i++) {
      breach = breach.or(listed(listed.get(i), given, details));
    }
    for (int i = 0; i < composed.size(); i++) {
      breach = breach.or(composed(composed.get(i), given, details));
    }
    return breach;
  }

  /// Whether each name is one that the operation knows.
  private Breach names(Query given, @Nullable List<Detail> details) {
    Breach breach = Breach.NONE;
    List<Query.Pair> pairs = given.pairs();
    for (int i = 0; i < pairs.size(); i++) {
      String name = pairs.get(i).name();
      if (isNamed(name) || isComposed(name)) {
        continue;
      }
      if (keys.contains(name)) {
        if (given.count(name) > 1) {
          breach = breach.or(Faults.repeated("query/" + name, details));
        }
      } else {
        breach = breach.or(Faults.undeclared("query", name, advice(name), details));
      }
    }
    return breach;
  }

  private boolean isOthers(String name) {
    return isNamed(name) || keys.contains(name);
  }

  private boolean isNamed(String name) {
    for (int i = 0; i < plain.size(); i++) {
      if (plain.get(i).name().equals(name)) {
        return true;
      }
    }
    for (int i = 0; i < listed.size(); i++) {
      if (listed.get(i).check.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /// Whether a name is a part of a value under several names; one that takes any name does not take
  /// another spelling of a declared one, which some services would read as that.
  private boolean isComposed(String name) {
    for (int i = 0; i < composed.size(); i++) {
      if (composed.get(i).fields.claims(name)) {
        return !resembles(name);
      }
    }
    return false;
  }

  private boolean resembles(String name) {
    int bracket = name.indexOf('[');
    String bare = bracket < 0 ? name : name.substring(0, bracket);
    for (ParameterCheck check : plain) {
      if (check.name().equalsIgnoreCase(bare)) {
        return true;
      }
    }
    for (Listed each : listed) {
      if (each.check.name().equalsIgnoreCase(bare)) {
        return true;
      }
    }
    return false;
  }

  private String advice(String name) {
    List<String> known = new ArrayList<>();
    plain.forEach(each -> known.add(each.name()));
    listed.forEach(each -> known.add(each.check.name()));
    String own = Nearest.advice(name, known);
    for (Composed each : composed) {
      own = own.isEmpty() ? each.fields.advice(name) : own;
    }
    return own;
  }

  private static Breach plain(ParameterCheck check, Query given, @Nullable List<Detail> details) {
    String name = check.name();
    int count = given.count(name);
    if (count == 0) {
      return Faults.missing(check, details);
    }
    if (count > 1) {
      return Faults.repeated(check.where(), details);
    }
    String value = Objects.requireNonNull(given.first(name));
    return value.isEmpty() && check.parameter().allowEmptyValue()
        ? Breach.NONE
        : Faults.one(check, value, details);
  }

  private static Breach listed(Listed one, Query given, @Nullable List<Detail> details) {
    ParameterCheck check = one.check;
    Cut cut = one.cut;
    int count = given.count(check.name());
    if (count == 0) {
      return Faults.missing(check, details);
    }
    if (count == 1
        && check.parameter().allowEmptyValue()
        && Objects.requireNonNull(given.first(check.name())).isEmpty()) {
      return Breach.NONE;
    }
    if (cut == null) {
      return exploded(check, given, count, details);
    }
    return count > 1
        ? Faults.repeated(check.where(), details)
        : Faults.cut(check, cut, raw(given, check.name()), details);
  }

  private static Breach exploded(
      ParameterCheck check, Query given, int count, @Nullable List<Detail> details) {
    List<Piece> items = new ArrayList<>(count);
    for (Query.Pair pair : given.pairs()) {
      if (pair.name().equals(check.name())) {
        items.add(new Piece.Text(pair.value()));
      }
    }
    if (count == 1
        && check.shape().mayBeScalar()
        && items.getFirst() instanceof Piece.Text(String only)
        && check.takes(only)) {
      return Breach.NONE;
    }
    return Faults.one(check, new Piece.Items(items), details);
  }

  private static String raw(Query given, String name) {
    String[] raw = given.raw();
    for (int i = 0; i < raw.length; i++) {
      if (given.pairs().get(i).name().equals(name)) {
        return raw[i];
      }
    }
    return "";
  }

  private static Breach composed(Composed one, Query given, @Nullable List<Detail> details) {
    ParameterCheck check = one.check;
    Fields.Assembled assembled =
        one.fields.assemble(given, false, name -> "query/" + name, details);
    Map<String, Piece> members = assembled.piece().byName();
    if (members.isEmpty()) {
      return Faults.missing(check, details);
    }
    boolean deep = check.parameter().style() == Parameter.Style.DEEP_OBJECT;
    Piece value = deep ? Objects.requireNonNull(members.get(check.name())) : assembled.piece();
    return assembled.breach().or(Faults.one(check, value, details));
  }

  /// OpenAPI 3.2: the whole query is one document.
  private static Breach whole(ParameterCheck check, Query given, @Nullable List<Detail> details) {
    if (given.text().isEmpty()) {
      return Faults.missing(check, details);
    }
    String text = given.text();
    return Faults.one(check, PathReader.decode(text, 0, text.length()), details);
  }
}
