package dev.gatewarden.app.configuration;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tuned guards of an API or an operation: each guard's own configuration record by its id.
public record Tuning(Map<String, Record> byGuard) {
  public static final Tuning NONE = new Tuning(Map.of());

  public Tuning {
    byGuard = Map.copyOf(byGuard);
  }

  /// The configuration of a guard, or null where nothing is tuned.
  public @Nullable Record of(String guard) {
    return byGuard.get(guard);
  }
}
