package dev.gatewarden.app.command.probe;

import dev.gatewarden.app.command.Terminal;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.platform.probing.Progress;
import java.util.concurrent.TimeUnit;

/// How far a run has come: one line that is written over on a terminal, elsewhere a line for each
/// probe.
public final class Lines implements Progress, AutoCloseable {
  private static final long OFTEN = TimeUnit.MILLISECONDS.toNanos(100);
  private static final String OVER = "\r\u001b[2K";

  private final Terminal terminal;
  private String now = "finding what there is";
  private long next = System.nanoTime();
  private boolean open;

  public Lines(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void begins(Attack probe, int number, int of) {
    now = number + " of " + of + "  " + probe.id();
    if (!terminal.colour()) {
      terminal.err().println("  " + now);
    }
  }

  @Override
  public synchronized void sent(int requests, int most) {
    if (!terminal.colour() || System.nanoTime() < next) {
      return;
    }
    next = System.nanoTime() + OFTEN;
    open = true;
    terminal
        .err()
        .print(OVER + terminal.faint("  " + now + "  " + requests + " of " + most + " requests"));
    terminal.err().flush();
  }

  /// Takes the line away.
  @Override
  public void close() {
    if (open) {
      terminal.err().print(OVER);
      terminal.err().flush();
    }
  }
}
