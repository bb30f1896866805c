package dev.gatewarden.gateway.binder.shape;

import dev.gatewarden.core.contract.Parameter.Style;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.exchange.Breach;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Puts an object together from names and values, as queries and forms have them: each property in
/// its style.
///
/// One reading: a name that is not a list comes once, a list is written in one way, and no name is
/// there that differs from a declared one only in letter case or brackets.
public final class Fields {
  /// No object that a contract declares in a name is nested deeper.
  private static final int DEEPEST = 16;

  private final Map<String, Rule> rules = new LinkedHashMap<>();
  private final Map<String, Rule> spread = new HashMap<>();
  private final boolean open;
  private final Predicate<String> isJson;
  private Predicate<String> others = _ -> false;

  /// How a property is written.
  public enum Form {
    /// Its own name, once, or once for each item.
    PLAIN,
    /// Its own name once, its text cut at delimiters.
    CUT,
    /// `name[property]`, and `name[property][]` for lists.
    DEEP,
    /// `name` once for each item, or `name[]`.
    BRACKETS,
    /// The names of its own properties.
    SPREAD,
    /// Its own name, the value a JSON document, or one for each item.
    DOCUMENT
  }

  /// One property.
  public record Rule(String name, Shape shape, Form form, @Nullable Cut cut) {

    /// How a style writes a property of that shape.
    public static Rule of(String name, Shape shape, Style style, boolean explode) {
      boolean list = shape.mayBeArray();
      boolean object = shape.mayBeObject() && !list && !shape.plain();
      if (style == Style.DEEP_OBJECT && object) {
        return new Rule(name, shape, Form.DEEP, null);
      }
      if (style == Style.DEEP_OBJECT && list && !shape.plain()) {
        return new Rule(name, shape, Form.BRACKETS, null);
      }
      if (explode || style == Style.DEEP_OBJECT || shape.plain()) {
        return new Rule(name, shape, object ? Form.SPREAD : Form.PLAIN, null);
      }
      return new Rule(name, shape, Form.CUT, new Cut(style, false, name, Percent::decode));
    }
  }

  /// What was put together.
  ///
  /// @param doubtful whether a text can be cut in a second way, by who decodes first
  public record Assembled(Piece.Members piece, Breach breach, boolean doubtful) {}

  /// @param open whether names are taken that no rule has
  /// @param isJson whether a text is one complete JSON document
  public Fields(List<Rule> all, boolean open, Predicate<String> isJson) {
    this.open = open;
    this.isJson = isJson;
    for (Rule rule : all) {
      rules.put(rule.name(), rule);
      if (rule.form() == Form.SPREAD) {
        rule.shape().properties().keySet().forEach(name -> spread.putIfAbsent(name, rule));
      }
    }
  }

  /// The same, leaving names alone that somebody else declared.
  public Fields beside(Predicate<String> others) {
    this.others = others;
    return this;
  }

  /// Whether a name is that of a property, or one that is taken without being declared.
  public boolean claims(String name) {
    return rule(name) != null || (open && !resembles(name));
  }

  /// Whether a name differs from a declared one in nothing but letter case or brackets.
  public boolean resembles(String name) {
    String bare = name.indexOf('[') < 0 ? name : name.substring(0, name.indexOf('['));
    for (String declared : rules.keySet()) {
      if (declared.equalsIgnoreCase(bare)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Rule rule(String name) {
    Rule own = rules.get(name);
    if (own != null && own.form() != Form.DEEP && own.form() != Form.SPREAD) {
      return own;
    }
    if (name.endsWith("[]")) {
      Rule list = rules.get(name.substring(0, name.length() - 2));
      if (list != null && list.form() == Form.BRACKETS) {
        return list;
      }
    }
    int bracket = name.indexOf('[');
    Rule deep = bracket <= 0 ? null : rules.get(name.substring(0, bracket));
    if (deep != null && deep.form() == Form.DEEP) {
      return Deep.leads(name, bracket, deep.shape()) ? deep : null;
    }
    return spread.get(name);
  }

  /// Puts the object together from the pairs that it claims.
  ///
  /// @param decodedFirst whether delimited texts are read as by who decodes first
  /// @param where the place of a name in the message, for the details
  /// @param details where faults are told; null where nobody asks
  public Assembled assemble(
      Query given, boolean decodedFirst, Where where, @Nullable List<Detail> details) {
    Run run = new Run(given, decodedFirst, where, details);
    List<Query.Pair> pairs = given.pairs();
    for (int i = 0; i < pairs.size(); i++) {
      run.take(i, pairs.get(i));
    }
    return new Assembled(run.members(), run.breach, run.doubtful);
  }

  /// The place of a name in a message.
  @FunctionalInterface
  public interface Where {
    String of(String name);
  }

  /// Names that nobody declared, for messages that must not have them.
  public String advice(String name) {
    return Nearest.advice(name, rules.keySet());
  }

  private final class Run {
    private final Query given;
    private final boolean decodedFirst;
    private final Where where;
    private final @Nullable List<Detail> details;
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Map<String, Piece> pieces = new LinkedHashMap<>();
    private final Map<String, Deep> deep = new HashMap<>();
    private String @Nullable [] raw;
    Breach breach = Breach.NONE;
    boolean doubtful;

    Run(Query given, boolean decodedFirst, Where where, @Nullable List<Detail> details) {
      this.given = given;
      this.decodedFirst = decodedFirst;
      this.where = where;
      this.details = details;
    }

    void take(int at, Query.Pair pair) {
      String name = pair.name();
      Rule rule = rule(name);
      if (rule == null) {
        if (others.test(name)) {
          return;
        }
        if (open && resembles(name)) {
          fault(Breach.REPEATED_PARAMETER, name, "is another spelling of a declared name");
        } else if (open) {
          once(name, pair.value());
        }
        return;
      }
      switch (rule.form()) {
        case PLAIN -> {
          if (rule.shape().mayBeArray()) {
            values.computeIfAbsent(name, _ -> new ArrayList<>()).add(pair.value());
            pieces.putIfAbsent(name, new Piece.Nil());
          } else {
            once(name, pair.value());
          }
        }
        case DOCUMENT -> document(rule, pair.value());
        case CUT -> cut(rule, at);
        case DEEP -> deep(rule, name, pair.value());
        case BRACKETS -> leaf(rule, rule.name(), pair.value(), !name.equals(rule.name()));
        case SPREAD -> leaf(rule, name, pair.value(), false);
      }
    }

    private void once(String name, String value) {
      if (pieces.put(name, new Piece.Text(value)) != null) {
        fault(Breach.REPEATED_PARAMETER, name, "is given more than once");
      }
    }

    private void document(Rule rule, String value) {
      Piece piece = isJson.test(value) ? new Piece.Document(value) : new Piece.Text(value);
      if (rule.shape().mayBeArray() && !rule.shape().mayBeObject()) {
        if (pieces.get(rule.name()) instanceof Piece.Items(List<Piece> each)) {
          each.add(piece);
        } else {
          pieces.put(rule.name(), new Piece.Items(new ArrayList<>(List.of(piece))));
        }
      } else if (pieces.put(rule.name(), piece) != null) {
        fault(Breach.REPEATED_PARAMETER, rule.name(), "is given more than once");
      }
    }

    private void cut(Rule rule, int at) {
      String[] texts = raw == null ? given.raw() : raw;
      raw = texts;
      Cut cut = java.util.Objects.requireNonNull(rule.cut());
      doubtful |= cut.doubtful(texts[at]);
      Piece piece =
          rule.shape().mayBeArray()
              ? cut.items(texts[at], decodedFirst)
              : cut.members(texts[at], decodedFirst);
      if (piece == null) {
        fault(
            Breach.SCHEMA,
            rule.name(),
            "is not written as the contract says: " + cut.advice(rule.shape().mayBeArray()));
        return;
      }
      if (pieces.put(rule.name(), piece) != null) {
        fault(Breach.REPEATED_PARAMETER, rule.name(), "is given more than once");
      }
    }

    private void deep(Rule rule, String name, String value) {
      Deep root = deep.get(rule.name());
      if (root == null) {
        root = new Deep();
        deep.put(rule.name(), root);
        pieces.put(rule.name(), new Piece.Nil());
      }
      String fault = root.put(name, name.indexOf('['), rule.shape(), value, DEEPEST);
      if (fault != null) {
        fault(Breach.REPEATED_PARAMETER, name, fault);
      }
    }

    private void leaf(Rule rule, String name, String value, boolean bracketed) {
      Deep root = deep.get(rule.name());
      if (root == null) {
        root = new Deep();
        deep.put(rule.name(), root);
        pieces.put(rule.name(), new Piece.Nil());
      }
      boolean own = rule.form() == Form.BRACKETS;
      Shape shape = own ? rule.shape() : rule.shape().property(name);
      String fault = root.leaf(name, shape, value, bracketed);
      if (fault != null) {
        fault(Breach.REPEATED_PARAMETER, name, fault);
      }
    }

    Piece.Members members() {
      values.forEach(
          (name, list) -> {
            Rule rule = java.util.Objects.requireNonNull(rules.get(name));
            boolean alone = list.size() == 1 && rule.shape().mayBeScalar();
            pieces.put(
                name, alone ? new Piece.Text(list.getFirst()) : new Piece.Items(texts(list)));
          });
      deep.forEach(
          (name, root) -> {
            Rule rule = java.util.Objects.requireNonNull(rules.get(name));
            pieces.put(name, rule.form() == Form.BRACKETS ? root.member(name) : root.piece());
          });
      return new Piece.Members(pieces);
    }

    private static List<Piece> texts(List<String> values) {
      List<Piece> texts = new ArrayList<>(values.size());
      for (String value : values) {
        texts.add(new Piece.Text(value));
      }
      return texts;
    }

    private void fault(Breach kind, String name, String message) {
      breach = breach.or(kind);
      if (details != null) {
        details.add(new Detail(where.of(name), "", message));
      }
    }
  }
}
