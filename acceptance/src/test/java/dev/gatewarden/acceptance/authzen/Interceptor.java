package dev.gatewarden.acceptance.authzen;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// One of the services that `examples/interceptors` shows, as a process of its own.
record Interceptor(Process process, int port) implements AutoCloseable {

  /// A language, and how its service is started.
  enum Sample {
    JAVA("java/Orders.java", 25),
    NODE("node/orders.mjs", 20),
    PYTHON("python/orders.py", 20),
    GO("go/orders.go", 120);

    private final String file;
    private final int patience;

    Sample(String file, int patience) {
      this.file = file;
      this.patience = patience;
    }

    private List<String> command() {
      return switch (this) {
        case JAVA ->
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"));
        case NODE -> List.of("node");
        case PYTHON -> List.of("python3");
        case GO -> List.of("go", "run");
      };
    }
  }

  static Path folder() {
    return Path.of(System.getProperty("gatewarden.root", ".."), "examples", "interceptors");
  }

  /// Starts it, or aborts the test with the reason where this machine cannot.
  static Interceptor start(Sample sample, Path errors, Map<String, String> environment)
      throws Exception {
    List<String> command = new ArrayList<>(sample.command());
    command.add(folder().resolve(sample.file).toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException absent) {
      return Assumptions.abort("no " + command.getFirst());
    }
    BufferedReader out = process.inputReader();
    Thread watch =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    if (!process.waitFor(sample.patience * 4L, TimeUnit.SECONDS)) {
                      process.destroyForcibly();
                    }
                  } catch (InterruptedException done) {
                    Thread.currentThread().interrupt();
                  }
                });
    String first = out.readLine();
    if (first == null) {
      watch.interrupt();
      String told = java.nio.file.Files.readString(errors);
      if (told.contains("No module named")) {
        Assumptions.abort("no python package `cryptography`");
      }
      throw new AssertionError(sample + " does not start: " + told);
    }
    return new Interceptor(
        process, Integer.parseInt(first.substring("listening on ".length()).strip()));
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
