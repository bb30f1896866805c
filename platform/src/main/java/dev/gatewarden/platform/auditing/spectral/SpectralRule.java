package dev.gatewarden.platform.auditing.spectral;

import dev.gatewarden.core.document.Place;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One rule of a ruleset.
///
/// @param formats the kinds of documents it is for; none where it is for all
/// @param resolved whether references are followed
/// @param link where more is said of it
/// @param place where it stands in its ruleset
/// @param on whether it is run
record SpectralRule(
    String name,
    @Nullable String description,
    @Nullable String message,
    Level level,
    List<JsonPath> given,
    List<Then> then,
    Set<String> formats,
    boolean resolved,
    boolean recommended,
    @Nullable String link,
    Place place,
    boolean on) {
  SpectralRule {
    given = List.copyOf(given);
    then = List.copyOf(then);
    formats = Set.copyOf(formats);
  }

  SpectralRule on(boolean other) {
    return at(level, other);
  }

  SpectralRule at(Level other, boolean runs) {
    return new SpectralRule(
        name,
        description,
        message,
        other,
        given,
        then,
        formats,
        resolved,
        recommended,
        link,
        place,
        runs);
  }

  /// Whether it is run on documents of such formats.
  boolean concerns(Set<String> kinds) {
    return on && (formats.isEmpty() || formats.stream().anyMatch(kinds::contains));
  }
}
