package dev.gatewarden.app.logging;

import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/// Gives every logger of the program to standard error: our own from `info`, or from the level that
/// the system property `gatewarden.log` names; those of libraries from `warn`.
public final class StderrLogging implements SLF4JServiceProvider, ILoggerFactory {
  private final ConcurrentHashMap<String, Logger> loggers = new ConcurrentHashMap<>();
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final Level said =
      Level.valueOf(System.getProperty("gatewarden.log", "info").toUpperCase(Locale.ROOT));
  private final Verbosity own = of(said);
  private final Verbosity others = of(Level.WARN);
  private final Verbosity always = of(said.toInt() > Level.INFO.toInt() ? said : Level.INFO);
  private final Verbosity quiet = of(Level.ERROR);
  private final MDCAdapter context = new NOPMDCAdapter();

  @Override
  public Logger getLogger(String name) {
    return loggers.computeIfAbsent(name, each -> new StderrLogger(each, least(each)));
  }

  /// What operators do is said however little else is by then, unless the program was started to
  /// say
  /// less. That a connection to Redis is lost is said
  /// once, by the gate itself.
  private Verbosity least(String name) {
    if (name.equals("dev.gatewarden.audit")) {
      return always;
    }
    if (name.startsWith("dev.gatewarden") || name.startsWith("gatewarden")) {
      return own;
    }
    return name.startsWith("io.lettuce") ? quiet : others;
  }

  private static Verbosity of(Level level) {
    return new Verbosity(level, InstantSource.system());
  }

  /// How much our own loggers say.
  Verbosity verbosity() {
    return own;
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return this;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return context;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {}
}
