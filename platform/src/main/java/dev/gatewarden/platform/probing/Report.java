package dev.gatewarden.platform.probing;

import dev.gatewarden.core.probe.KnownObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a run came to.
///
/// @param found each fault once, in the order of finding
/// @param untested what was not tested, and why
/// @param withstood by probe: the operations that it attacked in vain, the empty text for the API
///     as a whole
/// @param left what was made and could not be deleted again
/// @param attempts everything that was sent
/// @param objects how many objects were known
/// @param met all objects there were, those that were deleted again among them
public record Report(
    List<Found> found,
    List<Untested> untested,
    Map<String, List<String>> withstood,
    List<String> left,
    List<Attempt> attempts,
    int objects,
    List<KnownObject> met) {

  /// Something that no probe could try.
  ///
  /// @param operation its name, or the empty text for the whole API
  /// @param probes which could not; empty names where all of them could not
  public record Untested(String operation, String why, List<String> probes) {
    public Untested {
      probes = List.copyOf(probes);
    }
  }

  /// A run that met no objects.
  public Report(
      List<Found> found,
      List<Untested> untested,
      Map<String, List<String>> withstood,
      List<String> left,
      List<Attempt> attempts,
      int objects) {
    this(found, untested, withstood, left, attempts, objects, List.of());
  }

  public Report {
    found = List.copyOf(found);
    untested = List.copyOf(untested);
    withstood = Collections.unmodifiableMap(new LinkedHashMap<>(withstood));
    left = List.copyOf(left);
    attempts = List.copyOf(attempts);
    met = List.copyOf(met);
  }

  /// The same, with more that was not tested.
  public Report and(List<Untested> more) {
    List<Untested> all = new java.util.ArrayList<>(untested);
    all.addAll(more);
    return new Report(found, all, withstood, left, attempts, objects, met);
  }
}
