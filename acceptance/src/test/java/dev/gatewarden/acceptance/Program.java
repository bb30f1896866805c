package dev.gatewarden.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One run of the program in a process of its own.
///
/// @param out what it said on stdout
/// @param err what it said on stderr
public record Program(int code, String out, String err) {

  public static final String APP = "dev.gatewarden.app.Main";
  private static final String DEMO = "dev.gatewarden.demo.DemoMain";

  static Program gatewarden(Path folder, String... arguments)
      throws IOException, InterruptedException {
    return run(folder, APP, arguments);
  }

  static Program demo(Path folder, String... arguments) throws IOException, InterruptedException {
    return run(folder, DEMO, arguments);
  }

  private static Program run(Path folder, String main, String... arguments)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("gatewarden", ".out");
    Path err = Files.createTempFile("gatewarden", ".err");
    try {
      Process process =
          command(folder, main, arguments)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("`" + String.join(" ", arguments) + "` did not end");
      }
      return new Program(process.exitValue(), read(out), read(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /// The command line of one run, not yet started.
  public static ProcessBuilder command(Path folder, String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Dstdout.encoding=UTF-8");
    command.add("-Dstderr.encoding=UTF-8");
    command.add("-Dgatewarden.root=" + System.getProperty("gatewarden.root", ""));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
