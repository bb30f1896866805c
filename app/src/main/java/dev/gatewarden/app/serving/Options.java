package dev.gatewarden.app.serving;

import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// How a gate is started, beyond what its configuration says.
///
/// @param environment where `env:` references look
/// @param without guards that are left out, for tests that show what a guard is worth
/// @param clock the time
/// @param lines where decision lines go when the configuration says `stdout`
/// @param notices is told what an operator should know and what keeps nothing from running
public record Options(
    Map<String, String> environment,
    Set<String> without,
    InstantSource clock,
    OutputStream lines,
    Consumer<String> notices) {

  public Options {
    environment = Map.copyOf(environment);
    without = Set.copyOf(without);
  }

  /// This process's environment, all guards, the system's clock; lines go nowhere and notices to
  /// nobody.
  public static Options plain() {
    return new Options(
        System.getenv(),
        Set.of(),
        InstantSource.system(),
        OutputStream.nullOutputStream(),
        _ -> {});
  }

  /// The same with guards left out.
  public Options withoutControl(Set<String> guards) {
    return new Options(environment, guards, clock, lines, notices);
  }

  /// The same with other environment variables.
  public Options in(Map<String, String> variables) {
    return new Options(variables, without, clock, lines, notices);
  }

  /// The same, telling somebody.
  public Options telling(OutputStream decisions, Consumer<String> reader) {
    return new Options(environment, without, clock, decisions, reader);
  }
}
