package dev.gatewarden.platform.auditing.spectral;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.Tree;
import dev.gatewarden.platform.auditing.spectral.Expression.Comparison;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What JavaScript makes of values; null is its undefined.
final class Values {
  private Values() {}

  static boolean truthy(@Nullable Node value) {
    return switch (value) {
      case null -> false;
      case Node.Null _ -> false;
      case Node.Bool bool -> bool.value();
      case Node.Text text -> !text.value().isEmpty();
      case Node.Num number -> {
        BigDecimal exact = Tree.number(number);
        yield exact == null || exact.signum() != 0;
      }
      case Node.Obj _, Node.Arr _ -> true;
    };
  }

  static boolean compared(Comparison how, @Nullable Node left, @Nullable Node right) {
    return switch (how) {
      case SAME -> same(left, right);
      case NOT_SAME -> !same(left, right);
      case EQUAL -> equal(left, right);
      case UNEQUAL -> !equal(left, right);
      case LESS -> ordered(left, right, -1, false);
      case AT_MOST -> ordered(left, right, -1, true);
      case MORE -> ordered(left, right, 1, false);
      case AT_LEAST -> ordered(left, right, 1, true);
    };
  }

  /// `===`
  static boolean same(@Nullable Node left, @Nullable Node right) {
    if (left == right) {
      return true;
    }
    return switch (left) {
      case null -> false;
      case Node.Null _ -> right instanceof Node.Null;
      case Node.Bool bool -> right instanceof Node.Bool other && bool.value() == other.value();
      case Node.Text text -> right instanceof Node.Text other && text.value().equals(other.value());
      case Node.Num number -> {
        BigDecimal one = Tree.number(number);
        BigDecimal other = Tree.number(right);
        yield one != null && other != null && one.compareTo(other) == 0;
      }
      case Node.Obj _, Node.Arr _ -> false;
    };
  }

  private static boolean equal(@Nullable Node left, @Nullable Node right) {
    if (left == null || left instanceof Node.Null) {
      return right == null || right instanceof Node.Null;
    }
    if (right == null || right instanceof Node.Null) {
      return false;
    }
    if (same(left, right)) {
      return true;
    }
    boolean alike = left.getClass() == right.getClass();
    BigDecimal one = alike ? null : number(left);
    BigDecimal other = alike ? null : number(right);
    return one != null && other != null && one.compareTo(other) == 0;
  }

  private static boolean ordered(
      @Nullable Node left, @Nullable Node right, int sign, boolean orEqual) {
    int order;
    if (left instanceof Node.Text one && right instanceof Node.Text other) {
      order = one.value().compareTo(other.value());
    } else {
      BigDecimal one = number(left);
      BigDecimal other = number(right);
      if (one == null || other == null) {
        return false;
      }
      order = one.compareTo(other);
    }
    return order == 0 ? orEqual : Integer.signum(order) == sign;
  }

  private static @Nullable BigDecimal number(@Nullable Node node) {
    return switch (node) {
      case null -> null;
      case Node.Num number -> Tree.number(number);
      case Node.Bool bool -> bool.value() ? BigDecimal.ONE : BigDecimal.ZERO;
      case Node.Null _ -> BigDecimal.ZERO;
      case Node.Text text -> {
        String said = text.value().strip();
        boolean plain = said.matches("[+-]?\\d{1,30}(\\.\\d{1,30})?");
        yield said.isEmpty() ? BigDecimal.ZERO : plain ? new BigDecimal(said) : null;
      }
      case Node.Obj _, Node.Arr _ -> null;
    };
  }

  /// A value as messages show it.
  static String shown(@Nullable Node value) {
    return switch (value) {
      case null -> "undefined";
      case Node.Null _ -> "null";
      case Node.Bool bool -> Boolean.toString(bool.value());
      case Node.Num number -> number.literal();
      case Node.Text text -> '"' + text.value() + '"';
      case Node.Obj _ -> "Object{}";
      case Node.Arr _ -> "Array[]";
    };
  }
}
