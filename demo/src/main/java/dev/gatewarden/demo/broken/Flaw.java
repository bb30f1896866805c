package dev.gatewarden.demo.broken;

import java.util.Locale;

/// One thing an API does wrong while it is switched on.
public interface Flaw {

  /// The constant's name.
  String name();

  Story story();

  /// What the command line calls it, such as `parcel-read`.
  default String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
