package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Pointer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A JSON pointer in which `*` stands for each item of an array and each member of a map,
/// `/data/*/id`.
public record PointerPattern(List<Step> steps) {

  /// The whole document.
  public static final PointerPattern ROOT = new PointerPattern(List.of());

  public PointerPattern {
    steps = List.copyOf(steps);
  }

  /// One step down.
  public sealed interface Step {}

  /// Into the member of that name, unescaped.
  public record Name(String name) implements Step {}

  /// Into each item of an array, and each member of an object.
  public record Each() implements Step {}

  /// Into the name of each member of an object, `*#`; only a last step.
  public record EachName() implements Step {}

  /// The pattern that a text writes, or null when it is none (RFC 6901).
  public static @Nullable PointerPattern parse(String text) {
    Pointer pointer = Pointer.parse(text);
    if (pointer == null) {
      return null;
    }
    List<Step> steps = new ArrayList<>();
    for (String token : pointer.tokens()) {
      steps.add(token.equals("*") ? new Each() : new Name(token));
    }
    return new PointerPattern(steps);
  }

  /// The pattern of a selector: like any, but `*#` at its end is the name of each member (as `#` is
  /// in Relative JSON Pointers).
  public static @Nullable PointerPattern selecting(String text) {
    if (!text.endsWith("/*#")) {
      return parse(text);
    }
    PointerPattern map = parse(text.substring(0, text.length() - 3));
    return map == null ? null : map.then(new PointerPattern(List.of(new EachName())));
  }

  /// Whether it selects names of members instead of values.
  public boolean named() {
    return !steps.isEmpty() && steps.getLast() instanceof EachName;
  }

  /// Each item, or each member, of what it selects; itself where it selects each already.
  public PointerPattern items() {
    if (!steps.isEmpty() && steps.getLast() instanceof Each) {
      return this;
    }
    PointerPattern list = named() ? new PointerPattern(steps.subList(0, steps.size() - 1)) : this;
    return list.then(new PointerPattern(List.of(new Each())));
  }

  /// Whether it may select more than one value.
  public boolean many() {
    for (Step step : steps) {
      if (step instanceof Each || step instanceof EachName) {
        return true;
      }
    }
    return false;
  }

  /// This pattern continued by another.
  public PointerPattern then(PointerPattern below) {
    List<Step> all = new ArrayList<>(steps);
    all.addAll(below.steps);
    return new PointerPattern(all);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Step step : steps) {
      text.append('/');
      switch (step) {
        case Each() -> text.append('*');
        case EachName() -> text.append("*#");
        case Name(String name) -> text.append(name.replace("~", "~0").replace("/", "~1"));
      }
    }
    return text.toString();
  }
}
