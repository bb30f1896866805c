package dev.gatewarden.platform.auditing.spectral;

import dev.gatewarden.core.document.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands in a filter `?( … )`; its words mean what they mean in JavaScript.
///
/// A value is a node, and null what JavaScript calls undefined.
sealed interface Expression {

  record Literal(@Nullable Node value) implements Expression {}

  /// A list of expressions in brackets.
  record Listed(List<Expression> items) implements Expression {
    public Listed {
      items = List.copyOf(items);
    }
  }

  /// Something about the value that is looked at.
  enum About implements Expression {
    VALUE,
    PROPERTY,
    PARENT,
    PARENT_PROPERTY,
    PATH,
    ROOT
  }

  record Member(Expression of, String name) implements Expression {}

  /// Whether a pattern is found in a text.
  record Found(Regex pattern, Expression in) implements Expression {}

  /// A method of a text or list, with one argument.
  record Call(Expression of, Method method, Expression argument) implements Expression {}

  /// The methods that are known.
  enum Method {
    INCLUDES("includes"),
    STARTS_WITH("startsWith"),
    ENDS_WITH("endsWith"),
    INDEX_OF("indexOf"),
    LOWER("toLowerCase"),
    UPPER("toUpperCase");

    private final String word;

    Method(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    boolean bare() {
      return this == LOWER || this == UPPER;
    }
  }

  /// Whether the value is of a type: `@string()`.
  record Typed(String type) implements Expression {}

  record Not(Expression it) implements Expression {}

  record Both(Expression left, Expression right) implements Expression {}

  record Either(Expression left, Expression right) implements Expression {}

  record Compared(Comparison how, Expression left, Expression right) implements Expression {}

  /// How two values are compared.
  enum Comparison {
    SAME("==="),
    NOT_SAME("!=="),
    EQUAL("=="),
    UNEQUAL("!="),
    AT_MOST("<="),
    AT_LEAST(">="),
    LESS("<"),
    MORE(">");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }

    String sign() {
      return sign;
    }
  }
}
