package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Numbers for a flat schema: within its bounds, at them, and one step beyond.
///
/// @param stepped whether `multipleOf` says the step
/// @param step between two values: that of `multipleOf`, or one
record Numbers(
    boolean whole,
    boolean stepped,
    @Nullable BigDecimal low,
    @Nullable BigDecimal high,
    BigDecimal step) {
  private static final BigDecimal USUAL = BigDecimal.valueOf(1_000);
  private static final BigDecimal CHOICES = BigDecimal.valueOf(1L << 52);

  static Numbers of(Obj flat) {
    boolean whole = Shapes.type(flat).equals("integer");
    BigDecimal step =
        flat.get("multipleOf") instanceof Node.Num given && given.value().signum() > 0
            ? given.value()
            : BigDecimal.ONE;
    if (whole && step.stripTrailingZeros().scale() > 0) {
      step = BigDecimal.ONE;
    }
    return new Numbers(
        whole,
        flat.get("multipleOf") instanceof Node.Num,
        bound(flat, "minimum", "exclusiveMinimum", step, RoundingMode.CEILING),
        bound(flat, "maximum", "exclusiveMaximum", step.negate(), RoundingMode.FLOOR),
        step);
  }

  /// The last value on this side of a bound.
  private static @Nullable BigDecimal bound(
      Obj flat, String word, String beyond, BigDecimal inwards, RoundingMode rounding) {
    Node exclusive = flat.get(beyond);
    BigDecimal at =
        exclusive instanceof Node.Num number
            ? number.value()
            : flat.get(word) instanceof Node.Num number ? number.value() : null;
    if (at == null) {
      return null;
    }
    boolean open = exclusive instanceof Node.Num || Shapes.is(flat, beyond);
    BigDecimal step = inwards.abs();
    BigDecimal on = at.divide(step, 0, rounding).multiply(step);
    return open && on.compareTo(at) == 0 ? on.add(inwards) : on;
  }

  /// The values at the bounds, and zero where it lies between.
  List<Node> bounds() {
    List<Node> all = new ArrayList<>();
    if (low != null) {
      all.add(node(low));
    }
    if (high != null) {
      all.add(node(high));
    }
    return all;
  }

  Node some(RandomGenerator random) {
    BigDecimal from = low != null ? low : high != null ? high.subtract(USUAL) : BigDecimal.ZERO;
    BigDecimal to = high != null ? high : from.add(USUAL.max(step));
    BigDecimal steps = to.subtract(from).divide(step, 0, RoundingMode.FLOOR).min(CHOICES);
    long chosen = steps.signum() <= 0 ? 0 : random.nextLong(steps.longValue() + 1);
    BigDecimal value = from.add(step.multiply(BigDecimal.valueOf(chosen)));
    boolean half = !whole && !stepped && value.compareTo(to) < 0;
    return node(half && random.nextBoolean() ? value.add(new BigDecimal("0.5")) : value);
  }

  @Nullable Node below() {
    return low == null ? null : node(low.subtract(step));
  }

  @Nullable Node above() {
    return high == null ? null : node(high.add(step));
  }

  /// Between two steps; null where everything is a step.
  @Nullable Node between() {
    BigDecimal base = low == null ? step : low;
    BigDecimal half = step.divide(BigDecimal.TWO);
    boolean sharp = whole ? step.compareTo(BigDecimal.ONE) > 0 : stepped;
    return sharp ? node(whole ? base.add(BigDecimal.ONE) : base.add(half)) : null;
  }

  private static Node node(BigDecimal value) {
    BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    return Json.number(plain.toPlainString());
  }
}
