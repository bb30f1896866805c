package dev.gatewarden.platform.auditing.spectral;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One step of a path.
sealed interface Step {

  /// `[…]` and `.name`: what any of the selectors chooses of each value.
  record Children(List<Selector> selectors) implements Step {
    public Children {
      selectors = List.copyOf(selectors);
    }
  }

  /// `..`: each value and all that is below it.
  record Descent() implements Step {}

  /// `^`
  record Upward() implements Step {}

  /// `~`
  record Names() implements Step {}

  /// What is chosen of one value.
  sealed interface Selector {

    /// A name of an object, or an index of a list.
    record Named(String name) implements Selector {}

    record Any() implements Selector {}

    /// Items of a list, as in JavaScript and Python.
    record Slice(@Nullable Integer from, @Nullable Integer to, int by) implements Selector {}

    record Where(Expression filter) implements Selector {}
  }
}
