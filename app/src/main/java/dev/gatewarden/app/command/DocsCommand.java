package dev.gatewarden.app.command;

import dev.gatewarden.app.reference.Reference;
import dev.gatewarden.app.source.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `gatewarden docs`.
@Command(
    name = "gatewarden docs",
    description = "Writes the reference pages from the sources this program was made from.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden docs",
      "  gatewarden docs --check",
      "",
      "Exit code: 0 written, or up to date; 1 something is stale."
    })
final class DocsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--to",
      paramLabel = "<folder>",
      defaultValue = "docs/reference",
      description = "Where the pages stand; ${DEFAULT-VALUE} where it is not said.")
  private Path folder = Path.of("docs/reference");

  @Option(names = "--check", description = "Writes nothing, and says what is stale.")
  private boolean check;

  DocsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Map<String, String> pages = new Reference(Sources.ofThisProgram()).pages(CliPage.text());
    Path root = terminal.folder().resolve(folder);
    Map<String, String> there = existing(root);
    List<String> stale = new ArrayList<>();
    for (Map.Entry<String, String> page : pages.entrySet()) {
      if (!page.getValue().equals(there.get(page.getKey()))) {
        stale.add(page.getKey());
      }
    }
    for (String page : there.keySet()) {
      if (!pages.containsKey(page)) {
        stale.add(page);
      }
    }
    if (!check) {
      for (String page : stale) {
        write(root.resolve(page), pages.get(page));
      }
    }
    for (String page : stale) {
      terminal.out().println((check ? "stale: " : "written: ") + folder.resolve(page));
    }
    if (check && !stale.isEmpty()) {
      terminal.err().println("run gatewarden docs");
    }
    return check && !stale.isEmpty() ? Commands.FINDINGS : Commands.CLEAN;
  }

  private static void write(Path file, @org.jspecify.annotations.Nullable String text)
      throws IOException {
    if (text == null) {
      Files.delete(file);
      return;
    }
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(file, text);
  }

  private static Map<String, String> existing(Path root) throws IOException {
    Map<String, String> there = new TreeMap<>();
    if (Files.isDirectory(root)) {
      try (Stream<Path> all = Files.walk(root)) {
        all.filter(Files::isRegularFile)
            .forEach(file -> there.put(root.relativize(file).toString(), read(file)));
      }
    }
    return there;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }
}
