package dev.gatewarden.platform.auditing.spectral;

import java.util.List;

/// What a rule asks of each value it meets.
record Then(Field field, CoreFunction function) {

  /// Which part of the value.
  sealed interface Field {
    record Itself() implements Field {}

    /// Each name of an object.
    record Keys() implements Field {}

    /// What stands at names and indexes.
    record Below(List<String> names) implements Field {
      public Below {
        names = List.copyOf(names);
      }
    }

    record Found(JsonPath path) implements Field {}
  }
}
