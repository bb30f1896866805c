package dev.gatewarden.app.configuration;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Problem;
import java.nio.file.Path;
import java.util.List;

/// A configuration that was read and found sound.
///
/// @param folder where the file stands; relative paths begin here
/// @param source the file as a tree, for whoever needs the place of a value
/// @param settings every value in force with its origin
/// @param warnings what is odd but no fault: exceptions that have run out
public record Reading(
    Configuration configuration,
    Path file,
    Path folder,
    Node.Obj source,
    List<Setting> settings,
    List<Problem> warnings) {
  public Reading {
    settings = List.copyOf(settings);
    warnings = List.copyOf(warnings);
  }
}
