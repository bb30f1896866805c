package dev.gatewarden.app.serving;

import dev.gatewarden.app.admin.Action;
import dev.gatewarden.app.admin.Exposition;
import dev.gatewarden.app.configuration.ConfigurationReader;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.TunableGuards;
import dev.gatewarden.app.contracts.Contracts;
import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts what the files say now in force while the gate runs, and keeps what is in force where they
/// say nothing sound.
final class Reloads implements Action {
  /// What a test leaves out to see what it is worth that the new is made aside.
  static final String CONTROL = "reload-aside";

  /// Nobody asked; the files changed, or are tried once more.
  static final String WATCH = "watch";

  private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);

  private final Maker maker;
  private final Reading first;
  private final InputFiles fixed;
  private final Taker taker;

  private volatile Made now;
  private volatile InputFiles tried;
  private volatile @Nullable Refused refused;
  private final AtomicLong reloaded = new AtomicLong();
  private final AtomicLong refusals = new AtomicLong();
  private int number;

  /// Puts a generation in force that was made aside.
  interface Taker {
    /// @throws ProblemsException when it cannot be put in force; what was stays
    void take(Made next);

    /// The ports that the gate took, by what in a configuration says them.
    Map<String, Integer> ports();

    /// Serves nobody any more: what would become of a gate that gave up what it had before it
    /// knew what comes next.
    void giveUp();
  }

  /// Why the files are not in force.
  ///
  /// @param since from when on they were not
  private record Refused(Instant since, String why) {}

  /// @param first what the gate started with
  /// @param fixed files that were read when it started, and are not read again
  Reloads(Maker maker, Made first, InputFiles fixed, Taker taker) {
    this.maker = maker;
    this.first = first.reading();
    this.fixed = fixed;
    this.taker = taker;
    this.now = first;
    this.tried = first.inputs();
    this.number = 1;
  }

  /// What is in force.
  Made now() {
    return now;
  }

  /// The files that were read last, whether what they said was sound or not.
  InputFiles tried() {
    return tried;
  }

  /// Whether the files are not in force, because of what they say.
  boolean isOld() {
    return refused != null;
  }

  /// What whoever asks whether the gate is ready should know; empty where there is nothing.
  String remark() {
    Refused old = refused;
    return old == null ? "" : "running an old configuration since " + old.since();
  }

  /// Reads all files again, and puts them in force where they are sound.
  ///
  /// @param why what made somebody ask, in one word
  /// @throws ProblemsException with everything that is wrong with them; what was in force stays
  synchronized void reload(String why) {
    InputFiles inputs = new InputFiles();
    try {
      Made next = made(inputs);
      taker.take(next);
      number++;
      taken(next, why);
    } catch (ProblemsException wrong) {
      refused(wrong, why);
      if (maker.options().without().contains(CONTROL)) {
        taker.giveUp();
      }
      throw wrong;
    } finally {
      tried = inputs;
    }
  }

  private Made made(InputFiles inputs) {
    Reading reading = reading(inputs);
    List<Problem> problems = new ArrayList<>(Unchanging.between(first, reading, taker.ports()));
    Path changed = fixed.changed();
    if (changed != null) {
      problems.add(
          new Problem(
              reading.source().place(),
              "`" + changed + "` is read when the gate starts, and says something else now",
              "restart the gate"));
    }
    Contracts contracts = null;
    try {
      contracts = Contracts.read(reading, maker.today(), inputs::of);
    } catch (ProblemsException wrong) {
      problems.addAll(wrong.problems());
    }
    Path torn = inputs.torn();
    if (torn != null) {
      problems.add(
          new Problem(
              reading.source().place(),
              "`" + torn + "` was written while it was read",
              "reload once it rests"));
    }
    if (contracts == null || !problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
    try {
      return maker.make(reading, contracts, inputs, number + 1, now);
    } catch (UncheckedIOException unreadable) {
      throw new ProblemsException(
          List.of(
              new Problem(
                  reading.source().place(),
                  String.valueOf(
                      java.util.Objects.requireNonNull(unreadable.getCause()).getMessage()))));
    }
  }

  private Reading reading(InputFiles inputs) {
    ConfigurationReader reader = new ConfigurationReader(TunableGuards.all());
    Path file = first.file();
    byte[] text;
    try {
      text = inputs.read(file);
    } catch (IOException absent) {
      return reader.read(file, maker.today());
    }
    return reader.read(file, text, maker.today());
  }

  private void taken(Made next, String why) {
    String before = now.name();
    now = next;
    refused = null;
    reloaded.incrementAndGet();
    List<Problem> warnings = new ArrayList<>(next.reading().warnings());
    warnings.addAll(Gatewarden.warnings(next.reading(), next.contracts(), maker.options()));
    warnings.forEach(each -> maker.options().notices().accept(each.toString()));
    next.contracts().warnings().forEach(each -> LOG.debug("{}", each));
    LOG.info("the configuration changed from {} to {} (asked by {})", before, next.name(), why);
  }

  private void refused(ProblemsException wrong, String why) {
    Refused before = refused;
    Instant at = maker.options().clock().instant().truncatedTo(ChronoUnit.SECONDS);
    String told = String.valueOf(wrong.getMessage());
    refused = new Refused(before == null ? at : before.since(), told);
    if (before == null || !before.why().equals(told) || !why.equals(WATCH)) {
      refusals.incrementAndGet();
      LOG.error(
          "what the files say is not put in force, {} stays (asked by {}):\n{}",
          now.name(),
          why,
          told);
    }
  }

  @Override
  public String path() {
    return "/reload";
  }

  @Override
  public String told() {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("generation", now.name());
    told.put("since", now.at().toString());
    told.put("files", now.inputs().count());
    told.put("reloads", reloaded.get());
    told.put("refused", refusals.get());
    Refused old = refused;
    if (old != null) {
      told.put("old_since", old.since().toString());
      told.put("problems", List.of(old.why().split("\n", -1)));
    }
    return Json.text(told);
  }

  /// Reads all files again: no fields.
  @Override
  public Done act(Map<String, String> fields) {
    if (!fields.isEmpty()) {
      throw new IllegalArgumentException("`/reload` takes no fields: send `{}`");
    }
    try {
      reload("admin");
    } catch (ProblemsException wrong) {
      throw new IllegalArgumentException(wrong.getMessage(), wrong);
    }
    return new Done("reload", now.name(), told());
  }

  /// Writes what is counted of reloads.
  void tell(Exposition text) {
    text.gauge(
        "gatewarden_generation",
        "which configuration is in force, counted from the start",
        number());
    text.gauge(
        "gatewarden_generations_open",
        "configurations that requests are still judged by, with the one in force",
        maker.alive().get());
    text.counter(
        "gatewarden_reloads_total", "times that changed files were put in force", reloaded.get());
    text.counter(
        "gatewarden_reloads_refused_total",
        "times that changed files were not sound, so that what was in force stayed",
        refusals.get());
    Refused old = refused;
    text.gauge(
        "gatewarden_configuration_old_since_seconds",
        "since when, in Unix time, the files are not in force because they are not sound; 0 where"
            + " they are",
        old == null ? 0 : old.since().getEpochSecond());
  }

  private int number() {
    String name = now.name();
    return Integer.parseInt(name.substring(0, name.indexOf('-')));
  }
}
