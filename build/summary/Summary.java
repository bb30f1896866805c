import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// What the tests of all modules came to: passed, failed, skipped with reasons, and the ratchets.
///
/// Started as `Summary ROOT TARGET REPORTS RATCHETS [bless|part|rows]`, where `TARGET` and
/// `REPORTS`
/// are the folders below each module. Ends with 1 when a test failed, or when a count fell that may
/// only rise; with `part`, the number of tests is none of those; with `rows`, when a row failed or
/// none ran, and ratchets are left alone.
public final class Summary {

  private final Map<String, Integer> skipped = new TreeMap<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<String> failed = new ArrayList<>();
  private final boolean all;
  private int passed;

  /// @param all whether every test was to run, so that their number may not fall
  private Summary(boolean all) {
    this.all = all;
  }

  public static void main(String[] args) throws Exception {
    String how = args.length > 4 ? args[4] : "";
    Summary summary = new Summary(!how.equals("part"));
    for (Path module : modules(Path.of(args[0]))) {
      summary.read(module, module.resolve(args[1]), args[2]);
    }
    boolean green =
        how.equals("rows")
            ? summary.tellRows()
            : summary.tell(Path.of(args[3]), how.equals("bless"));
    System.exit(green ? 0 : 1);
  }

  private static List<Path> modules(Path root) throws IOException {
    try (Stream<Path> folders = Files.list(root)) {
      return folders.filter(f -> Files.exists(f.resolve("pom.xml"))).sorted().toList();
    }
  }

  private void read(Path module, Path target, String reports)
      throws IOException, XMLStreamException {
    int passedBefore = passed;
    int skippedBefore = skipped.values().stream().mapToInt(Integer::intValue).sum();
    Path folder = target.resolve(reports);
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".xml")).sorted().toList()) {
          readReport(file);
        }
      }
    }
    // A module that skipped something did not run whole: its number of tests says nothing.
    boolean whole = skipped.values().stream().mapToInt(Integer::intValue).sum() == skippedBefore;
    if (all && whole && passed > passedBefore) {
      counts.put("tests." + module.getFileName(), passed - passedBefore);
    }
    Path ratchets = target.resolve("ratchets.txt");
    if (Files.exists(ratchets)) {
      for (String line : Files.readAllLines(ratchets)) {
        String[] words = line.split(" ");
        if (words.length == 3 && words[0].equals("ratchet")) {
          counts.merge(words[1], Integer.parseInt(words[2]), Math::max);
        }
      }
    }
  }

  private void readReport(Path file) throws IOException, XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    try (var in = Files.newInputStream(file)) {
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      String test = "";
      boolean good = false;
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamReader.START_ELEMENT) {
          switch (xml.getLocalName()) {
            case "testcase" -> {
              String type = xml.getAttributeValue(null, "classname");
              test =
                  type.substring(type.lastIndexOf('.') + 1)
                      + "."
                      + xml.getAttributeValue(null, "name");
              good = true;
            }
            case "failure", "error" -> {
              good = false;
              failed.add(test + ": " + firstLine(xml.getAttributeValue(null, "message")));
            }
            case "skipped" -> {
              good = false;
              String message = xml.getAttributeValue(null, "message");
              skipped.merge(
                  reason(message == null ? xml.getElementText() : message), 1, Integer::sum);
            }
            default -> {}
          }
        } else if (event == XMLStreamReader.END_ELEMENT && xml.getLocalName().equals("testcase")) {
          passed += good ? 1 : 0;
        }
      }
    }
  }

  private static String reason(String message) {
    return firstLine(message)
        .replaceFirst("^org\\.opentest4j\\.TestAbortedException: ", "")
        .replaceFirst("^Assumption failed: ", "");
  }

  private static String firstLine(String message) {
    if (message == null || message.isBlank()) {
      return "no reason given";
    }
    String line = message.strip().lines().findFirst().orElse("").strip();
    return line.length() > 160 ? line.substring(0, 160) + "…" : line;
  }

  private boolean tellRows() {
    failed.forEach(test -> System.out.println("  failed: " + test));
    System.out.println("  note: " + passed + " red as they must be, " + failed.size() + " not");
    return failed.isEmpty() && passed > 0;
  }

  private boolean tell(Path file, boolean bless) throws IOException {
    failed.forEach(test -> System.out.println("  failed: " + test));
    skipped.forEach((reason, times) -> System.out.println("  skipped " + times + ": " + reason));
    Map<String, Integer> known = known(file);
    List<String> risen = new ArrayList<>();
    List<String> fallen = new ArrayList<>();
    counts.forEach(
        (name, count) -> {
          int bound = known.getOrDefault(name, 0);
          if (count > bound) {
            risen.add(name + " " + bound + " → " + count);
          } else if (count < bound) {
            fallen.add(name + " " + bound + " → " + count);
          }
        });
    fallen.forEach(change -> System.out.println("  fallen: " + change));
    if (bless && failed.isEmpty()) {
      counts.forEach((name, count) -> known.merge(name, count, Math::max));
      write(file, known);
    } else if (!risen.isEmpty()) {
      System.out.println("  risen (./check --bless records it): " + String.join(", ", risen));
    }
    int left = skipped.values().stream().mapToInt(Integer::intValue).sum();
    System.out.println(
        passed
            + " passed, "
            + failed.size()
            + " failed, "
            + left
            + " skipped; "
            + (counts.size() - fallen.size())
            + " ratchets hold, "
            + fallen.size()
            + " fell");
    return failed.isEmpty() && fallen.isEmpty();
  }

  private static Map<String, Integer> known(Path file) throws IOException {
    Map<String, Integer> known = new TreeMap<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] words = line.strip().split(" +");
          known.put(words[0], Integer.parseInt(words[1]));
        }
      }
    }
    return known;
  }

  private static void write(Path file, Map<String, Integer> known) throws IOException {
    StringBuilder text =
        new StringBuilder("# Counts that may only rise; ./check --bless raises them.\n");
    known.forEach((name, count) -> text.append(name).append(' ').append(count).append('\n'));
    Files.writeString(file, text);
  }
}
