package dev.gatewarden.app.command;

import dev.gatewarden.app.configuration.Configuration;
import dev.gatewarden.app.configuration.Listen;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.serving.Gatewarden;
import dev.gatewarden.app.serving.Options;
import dev.gatewarden.app.serving.StateFolder;
import dev.gatewarden.core.document.ProblemsException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `gatewarden run`.
@Command(
    name = "gatewarden run",
    description = {
      "Runs the gate until it is stopped. SIGTERM and Ctrl-C let running requests end first.",
      "Files that change are put in force where they are sound; SIGHUP asks for that at once.",
      "Standard output carries the decision lines, if the configuration does not send them"
          + " elsewhere; everything else is said on standard error."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden run",
      "  gatewarden run -c staging/gatewarden.yaml",
      "",
      "Exit code: 0 stopped, 2 it could not run."
    })
final class RunCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConfigurationFile configuration = new ConfigurationFile();

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Reading reading = configuration.read(terminal);
    Options options =
        new Options(
            terminal.environment(),
            Set.of(),
            InstantSource.system(),
            terminal.out(),
            notice -> terminal.err().println("gatewarden: " + notice));
    Gatewarden gate = Gatewarden.start(reading, options);
    boolean unused =
        Hangup.heard(() -> Thread.ofPlatform().name("reload").start(() -> reload(gate)));
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(
                    () -> {
                      terminal.err().println("gatewarden: stopping");
                      gate.close();
                      terminal.out().flush();
                      stopped.countDown();
                      // a stop that was asked for and ended well is no failure, as 143 would say
                      Runtime.getRuntime().halt(Commands.CLEAN);
                    }));
    terminal.err().println(greeting(reading, gate));
    stopped.await();
    return Commands.CLEAN;
  }

  /// What is wrong is in the log already.
  private void reload(Gatewarden gate) {
    try {
      gate.reload("signal");
      terminal.err().println("gatewarden: " + gate.generation() + " is in force");
    } catch (ProblemsException wrong) {
      terminal
          .err()
          .println(
              "gatewarden: "
                  + Problems.count(wrong.problems().size(), "problem")
                  + ", "
                  + gate.generation()
                  + " stays");
    }
  }

  private String greeting(Reading reading, Gatewarden gate) {
    Configuration configuration = reading.configuration();
    Listen.Public callers = configuration.listen().callers();
    boolean tls = callers.tls() != null && callers.tls().certificate() != null;
    return "gatewarden: "
        + (tls ? "https://" : "http://")
        + shown(callers.address())
        + ":"
        + gate.port()
        + ", admin http://"
        + shown(configuration.listen().admin().bind())
        + ":"
        + gate.adminPort()
        + token(reading)
        + ", "
        + Problems.count(configuration.apis().size(), "API");
  }

  /// Where the token of operators lies, if the gate made it.
  private String token(Reading reading) {
    Listen.Admin admin = reading.configuration().listen().admin();
    Path made = StateFolder.operatorToken(StateFolder.of(reading, terminal.environment()));
    return admin.token() == null && admin.identity() == null ? " (token in " + made + ")" : "";
  }

  private static String shown(String address) {
    return address.indexOf(':') >= 0 ? "[" + address + "]" : address;
  }
}
