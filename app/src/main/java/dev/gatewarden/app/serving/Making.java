package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Places;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.Secrets;
import dev.gatewarden.core.document.Problem;
import java.util.List;

/// What it takes to make provers of a configuration.
///
/// @param problems where what cannot be made is added
record Making(Reading reading, Secrets secrets, Assembly.World world, List<Problem> problems) {

  /// Notes what is wrong, at the place in the configuration that a path of keys leads to.
  void wrong(String message, String... path) {
    problems.add(new Problem(Places.nearest(reading.source(), path).place(), message));
  }
}
