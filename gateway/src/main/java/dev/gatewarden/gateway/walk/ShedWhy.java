package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.contract.Priority;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a request is refused for the load alone, before anything of it is judged or read.
enum ShedWhy implements Reason {
  LOW_PRIORITY("there is too much to do for what can wait"),
  ANONYMOUS("there is too much to do for callers who prove nothing"),
  NORMAL_PRIORITY("there is too much to do for anything but what is urgent"),
  HIGH_PRIORITY("there is too much to do");

  private static final int SECONDS = 2;

  private final String summary;

  ShedWhy(String summary) {
    this.summary = summary;
  }

  /// Why a request is refused on a level of load, or null where it is not.
  ///
  /// @param level 0 for none, up to 4
  /// @param proved whether the caller is known, or may still be proved
  static @Nullable ShedWhy of(int level, Priority priority, boolean proved) {
    int needed =
        switch (priority) {
          case LOW -> 1;
          case NORMAL -> proved ? 3 : 2;
          case HIGH -> proved ? 4 : 3;
          case CRITICAL -> Integer.MAX_VALUE;
        };
    if (level < needed) {
      return null;
    }
    return switch (priority) {
      case LOW -> LOW_PRIORITY;
      case NORMAL -> proved ? NORMAL_PRIORITY : ANONYMOUS;
      case HIGH, CRITICAL -> proved ? HIGH_PRIORITY : ANONYMOUS;
    };
  }

  /// When to ask again: the later the more there is to do.
  static List<Reply.Line> headers(int level) {
    return List.of(new Reply.Line("retry-after", Integer.toString(SECONDS * level)));
  }

  @Override
  public String control() {
    return "load";
  }

  @Override
  public int status() {
    return 503;
  }

  @Override
  public String summary() {
    return summary;
  }
}
