package dev.gatewarden.platform.probing.protocol;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values with less in them than one that is given.
public final class Simpler {
  private Simpler() {}

  /// Values that are less than one, the least first: so many that a bound is met exactly.
  public static List<Node> values(@Nullable Node value) {
    return switch (value) {
      case Node.Num number -> numbers(number.value());
      case Node.Text text -> texts(text.value());
      case Node.Arr array -> lists(array);
      case Node.Obj object ->
          object.entries().stream().<Node>map(each -> Json.without(object, each.name())).toList();
      case null, default -> List.of();
    };
  }

  private static List<Node> numbers(BigDecimal number) {
    List<Node> less = new ArrayList<>();
    if (number.signum() == 0) {
      return less;
    }
    if (number.stripTrailingZeros().scale() > 0) {
      less.add(Json.number(number.setScale(0, RoundingMode.DOWN).toPlainString()));
    }
    BigDecimal whole = number.setScale(0, RoundingMode.DOWN);
    less.add(Json.of(0));
    for (int parts : new int[] {2, 4, 16, 128}) {
      BigDecimal part = whole.divide(BigDecimal.valueOf(parts), 0, RoundingMode.DOWN);
      if (part.signum() != 0) {
        less.add(Json.number(whole.subtract(part).toPlainString()));
      }
    }
    less.add(Json.number(whole.subtract(BigDecimal.valueOf(whole.signum())).toPlainString()));
    return less;
  }

  private static List<Node> texts(String text) {
    List<Node> less = new ArrayList<>();
    int length = text.codePointCount(0, text.length());
    for (int keep : new int[] {0, length / 2, length * 3 / 4, length - 1}) {
      if (keep >= 0 && keep < length) {
        less.add(Json.of(text.substring(0, text.offsetByCodePoints(0, keep))));
      }
    }
    if (length > 1) {
      less.add(Json.of(text.substring(text.offsetByCodePoints(0, length / 2))));
      less.add(Json.of(text.substring(text.offsetByCodePoints(0, 1))));
    }
    return less;
  }

  private static List<Node> lists(Node.Arr array) {
    List<Node> less = new ArrayList<>();
    int size = array.items().size();
    if (size > 0) {
      less.add(Json.of(array.items().subList(0, size / 2)));
      less.add(Json.of(array.items().subList(0, size - 1)));
      less.add(Json.of(array.items().subList(1, size)));
    }
    return less;
  }
}
