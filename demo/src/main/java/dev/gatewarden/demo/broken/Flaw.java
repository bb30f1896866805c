package dev.gatewarden.demo.broken;

import java.util.List;
import java.util.Locale;

/// One thing an API does wrong while it is switched on.
public interface Flaw {

  /// The constant's name.
  String name();

  Story story();

  /// Faults that it includes: what shows them shows itself while it is switched on.
  default List<? extends Flaw> alsoShows() {
    return List.of();
  }

  /// What the command line calls it, such as `parcel-read`.
  default String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
