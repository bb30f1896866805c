package dev.gatewarden.app.logging;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/// A logger that writes one line for each event to standard error.
final class StderrLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1;

  private final transient Verbosity least;

  StderrLogger(String name, Verbosity least) {
    this.name = name;
    this.least = least;
  }

  @Override
  public boolean isTraceEnabled() {
    return enabled(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return enabled(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return enabled(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return enabled(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return enabled(Level.ERROR);
  }

  private boolean enabled(Level level) {
    return level.toInt() >= least.level().toInt();
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      @Nullable String message,
      Object @Nullable [] arguments,
      @Nullable Throwable fault) {
    StringBuilder line = new StringBuilder(160);
    line.append(Instant.now().truncatedTo(ChronoUnit.MILLIS)).append(' ');
    line.append(level.name().toLowerCase(Locale.ROOT)).append(' ');
    line.append(name.substring(name.lastIndexOf('.') + 1)).append(": ");
    printable(String.valueOf(MessageFormatter.basicArrayFormat(message, arguments)), line);
    PrintStream err = System.err;
    synchronized (err) {
      err.println(line);
      if (fault != null) {
        fault.printStackTrace(err);
      }
    }
  }

  /// Nothing in a message begins a line of its own.
  private static void printable(String text, StringBuilder to) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      to.append(Character.isISOControl(c) ? ' ' : c);
    }
  }
}
