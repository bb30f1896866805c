package dev.gatewarden.gateway.conformity;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How well the answers of all operations keep their contracts. It outlives a reload, and by its
/// text a restart.
public final class Conformity {
  private static final Logger AUDIT = LoggerFactory.getLogger("dev.gatewarden.audit");
  private static final String NONE = "-";

  private final Map<String, Track> tracks = new ConcurrentHashMap<>();

  /// What is known of an operation.
  ///
  /// @param operation its full name, `shop.getOrder`
  /// @param budget what has to hold before its contract is enforced; null where that is not waited
  ///     for
  public Track of(String operation, @Nullable Budget budget) {
    Track track = track(operation);
    track.within(budget);
    return track;
  }

  private Track track(String operation) {
    return tracks.computeIfAbsent(operation, name -> new Track(name, Conformity::tell));
  }

  /// Promotion is never silent.
  private static void tell(Track track) {
    AUDIT.warn(
        "response-schema is enforced on {} from now on: {} of {} answers broke the contract",
        track.operation(),
        track.broken(),
        track.judged());
  }

  /// Every operation that was asked for, by name.
  public List<Track> all() {
    List<Track> all = new ArrayList<>(tracks.values());
    all.sort(Comparator.comparing(Track::operation));
    return all;
  }

  /// Everything as lines of text, for [#restore].
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Track track : all()) {
      line(
          text,
          "track",
          track.operation(),
          Long.toString(track.judged()),
          Long.toString(track.broken()),
          instant(track.since()),
          instant(track.promotedAt()));
      track
          .faults()
          .forEach(
              (fault, count) ->
                  line(
                      text,
                      "fault",
                      track.operation(),
                      fault.at(),
                      fault.keyword(),
                      fault.sentence(),
                      Long.toString(count.times()),
                      count.first().toString(),
                      count.last().toString()));
    }
    return text.toString();
  }

  /// Takes up what was known before; a line that cannot be read is left out.
  public void restore(String text) {
    for (String line : text.split("\n", -1)) {
      String[] part = line.split("\t", -1);
      try {
        if (part.length == 6 && part[0].equals("track")) {
          track(part[1])
              .restore(
                  Long.parseLong(part[2]),
                  Long.parseLong(part[3]),
                  instant(part[4]),
                  instant(part[5]));
        } else if (part.length == 8 && part[0].equals("fault")) {
          track(part[1])
              .restore(
                  new Fault(part[2], part[3], part[4]),
                  new Track.Count(
                      Long.parseLong(part[5]), Instant.parse(part[6]), Instant.parse(part[7])));
        }
      } catch (NumberFormatException | DateTimeException unreadable) {
        AUDIT.warn("a line of what is known of answers cannot be read and is left out");
      }
    }
  }

  private static void line(StringBuilder text, String... parts) {
    for (int i = 0; i < parts.length; i++) {
      text.append(i == 0 ? "" : "\t");
      text.append(parts[i].replace('\t', ' ').replace('\n', ' '));
    }
    text.append('\n');
  }

  private static String instant(@Nullable Instant at) {
    return at == null ? NONE : at.toString();
  }

  private static @Nullable Instant instant(String text) {
    return text.equals(NONE) ? null : Instant.parse(text);
  }
}
