package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Pointer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A JSON pointer in which `*` stands for each item of an array, `/data/*/id`.
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

  /// Into each item of an array.
  public record Each() implements Step {}

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

  /// Whether it may select more than one value.
  public boolean many() {
    for (Step step : steps) {
      if (step instanceof Each) {
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
        case Name(String name) -> text.append(name.replace("~", "~0").replace("/", "~1"));
      }
    }
    return text.toString();
  }
}
