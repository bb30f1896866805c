package dev.gatewarden.bench.schemas;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The paired comparison: each contender in a process of its own, warmed up for seconds, then all
/// of
/// them in turn, round after round, one at a time.
///
/// Arguments: the project's folder, the folder of the corpora (or `-`), the rounds, the
/// milliseconds
/// of one measurement, the milliseconds of warm-up, the file for the figures, words of the names of
/// the contenders that are wanted (none: all).
public final class SchemaBench {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms512m",
          "-Xmx512m",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final Path project;
  private final String corpora;
  private final List<String> only;

  private SchemaBench(Path project, String corpora, List<String> only) {
    this.project = project;
    this.corpora = corpora;
    this.only = only;
  }

  public static void main(String[] arguments) throws Exception {
    SchemaBench bench =
        new SchemaBench(
            Path.of(arguments[0]).toAbsolutePath(), arguments[1], List.of(arguments[6].split(",")));
    bench.run(
        Integer.parseInt(arguments[2]),
        Long.parseLong(arguments[3]),
        Long.parseLong(arguments[4]),
        Path.of(arguments[5]));
  }

  private void run(int rounds, long milliseconds, long warmUp, Path out) throws IOException {
    Files.createDirectories(out.toAbsolutePath().getParent());
    List<Sample> samples = samples(Files.createDirectories(target().resolve("samples")));
    List<Contender> contenders = contenders();
    Figures figures = new Figures(samples);
    try {
      warmUp(contenders, samples, warmUp, figures);
      for (int round = 0; round < rounds; round++) {
        for (Sample sample : samples) {
          for (int i = 0; i < contenders.size(); i++) {
            Contender each = contenders.get((i + round) % contenders.size());
            if (figures.competes(each, sample)) {
              figures.add(each, sample, each.run(sample, milliseconds));
            }
          }
        }
        System.err.printf("round %d of %d done%n", round + 1, rounds);
      }
    } finally {
      contenders.forEach(Contender::close);
    }
    figures.print(OUT);
    Files.writeString(out, figures.json());
    OUT.println("all figures: " + out);
  }

  private static void warmUp(
      List<Contender> contenders, List<Sample> samples, long warmUp, Figures figures)
      throws IOException {
    System.err.printf("warming up, %d ms for each contender and document%n", warmUp);
    for (Contender each : contenders) {
      for (Sample sample : samples) {
        String wrong = each.load(sample);
        if (wrong.isEmpty()) {
          figures.enter(each, sample);
        } else {
          OUT.println("skipped: " + each.name() + " " + wrong);
        }
      }
      for (Sample sample : samples) {
        if (figures.competes(each, sample)) {
          each.run(sample, warmUp);
        }
      }
    }
  }

  private Path target() {
    return project.resolve("bench/target/schemas");
  }

  private List<Sample> samples(Path folder) throws IOException {
    List<Sample> samples = new ArrayList<>();
    samples.add(Sample.write(folder, "a", "order POST", Shop.ORDER_SCHEMA, Shop.order()));
    samples.add(Sample.write(folder, "b", "list of 50", Shop.CUSTOMERS_SCHEMA, Shop.customers()));
    Path contract = Path.of(corpora, "openapi", "github.json");
    if (!Files.isRegularFile(contract)) {
      OUT.println("skipped: payloads c and d, because the corpora are absent");
      return samples;
    }
    Github github = new Github(contract);
    samples.add(
        Sample.write(
            folder, "c", "pull request", github.schema("pull-request"), github.pullRequest()));
    samples.add(Sample.write(folder, "d", "issues list", github.list("issue"), github.issues()));
    return samples;
  }

  private List<Contender> contenders() throws IOException {
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put("gatewarden", ours("Gatewarden", "plain"));
    commands.put("gatewarden, spans", ours("Gatewarden", "marked"));
    commands.put("gatewarden, bare", ours("Gatewarden", "bare"));
    commands.put("networknt 1", rival("networknt-1"));
    commands.put("networknt 3", rival("networknt-3"));
    commands.put("ajv", ajv());
    commands.put("jackson tokens", ours("Jackson", "tokens"));
    commands.put("jackson strict", ours("Jackson", "strict"));
    commands.put("jackson tree", ours("Jackson", "tree"));
    List<Contender> contenders = new ArrayList<>();
    for (Map.Entry<String, List<String>> each : commands.entrySet()) {
      if (only.stream().noneMatch(each.getKey()::contains)) {
        continue;
      }
      if (each.getValue().isEmpty()) {
        OUT.println("skipped: " + each.getKey() + ", because it could not be fetched");
      } else {
        contenders.add(Contender.start(each.getKey(), each.getValue()));
      }
    }
    return contenders;
  }

  private List<String> ours(String main, String argument) {
    return java(
        System.getProperty("java.class.path"), "dev.gatewarden.bench.schemas." + main, argument);
  }

  private List<String> rival(String name) throws IOException {
    Path libraries = target().resolve(name);
    if (!Files.isDirectory(libraries)) {
      return List.of();
    }
    StringBuilder path = new StringBuilder();
    try (Stream<Path> jars = Files.list(libraries)) {
      jars.sorted().forEach(jar -> path.append(jar).append(File.pathSeparatorChar));
    }
    path.append(project.resolve("bench/target/classes"));
    return java(
        path.toString(), project.resolve("bench/rivals/" + name + "/Rival.java").toString());
  }

  private List<String> ajv() {
    Path modules = target().resolve("ajv/node_modules");
    return Files.isDirectory(modules.resolve("ajv"))
        ? List.of(
            "node", project.resolve("bench/rivals/ajv/rival.js").toString(), modules.toString())
        : List.of();
  }

  private static List<String> java(String classPath, String... rest) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.add("-cp");
    command.add(classPath);
    command.addAll(List.of(rest));
    return command;
  }
}
