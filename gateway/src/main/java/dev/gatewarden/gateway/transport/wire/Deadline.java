package dev.gatewarden.gateway.transport.wire;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Something that must happen in time, on its worker's loop. Setting it costs one assignment; it is
/// looked at once a tick.
public abstract class Deadline {
  private static final long NEVER = Long.MAX_VALUE;

  private final Worker worker;
  long due = NEVER;
  @Nullable Deadline before;
  @Nullable Deadline after;
  boolean tracked;

  protected Deadline(Worker worker) {
    this.worker = worker;
  }

  /// Not before the duration has passed, and at most two ticks later.
  public final void within(Duration duration) {
    due = worker.after(duration);
    if (!tracked) {
      worker.track(this);
    }
  }

  public final void never() {
    due = NEVER;
  }

  /// The last call: it will not expire any more.
  public final void forget() {
    due = NEVER;
    if (tracked) {
      worker.untrack(this);
    }
  }

  final void look(long now) {
    if (now >= due) {
      due = NEVER;
      expired();
    }
  }

  protected abstract void expired();
}
