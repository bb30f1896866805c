package dev.gatewarden.app.serving;

import dev.gatewarden.app.admin.Action;
import dev.gatewarden.app.logging.Verbosity;
import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.limit.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.event.Level;

/// How much the program's log says: more or less of it for a time, after which it is as before.
final class LogLevel implements Action {
  private static final Duration USUAL = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Set<String> KNOWN = Set.of("level", "for");

  private final Verbosity verbosity;
  private final InstantSource clock;

  LogLevel(Verbosity verbosity, InstantSource clock) {
    this.verbosity = verbosity;
    this.clock = clock;
  }

  @Override
  public String path() {
    return "/log-level";
  }

  @Override
  public String told() {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("level", word(verbosity.level()));
    Instant until = verbosity.until();
    if (until != null) {
      shown.put("until", until.toString());
    }
    return Json.text(shown);
  }

  @Override
  public Done act(Map<String, String> fields) {
    for (String name : fields.keySet()) {
      if (!KNOWN.contains(name)) {
        throw new IllegalArgumentException("`" + name + "` is no field here");
      }
    }
    Level level = level(fields.getOrDefault("level", ""));
    String length = fields.get("for");
    Duration lasting = length == null ? USUAL : DurationText.parse(length);
    if (lasting.isZero() || lasting.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("`for` is at most one day, such as `15m`");
    }
    Instant until = clock.instant().plus(lasting).truncatedTo(ChronoUnit.SECONDS);
    verbosity.say(level, until);
    return new Done("log-level", word(level) + " until " + until, told());
  }

  private static Level level(String word) {
    for (Level level : Level.values()) {
      if (word(level).equals(word)) {
        return level;
      }
    }
    throw new IllegalArgumentException(
        "`level` is one of `error`, `warn`, `info`, `debug`, `trace`");
  }

  private static String word(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }
}
