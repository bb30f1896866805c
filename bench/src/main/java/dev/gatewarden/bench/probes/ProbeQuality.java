package dev.gatewarden.bench.probes;

import dev.gatewarden.bench.probes.Marks.Share;
import dev.gatewarden.demo.broken.Specimen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/// Writes down how the prober does against the broken APIs.
final class ProbeQuality {

  private ProbeQuality() {}

  public static void main(String[] arguments) throws IOException {
    int combinations = Integer.parseInt(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    StringBuilder text = new StringBuilder(HEAD.formatted(combinations, seed));
    text.append("\n## With the whole contract\n\n");
    text.append(table(marks(combinations, seed, false)));
    text.append("\n## With a stranger's contract\n\n").append(BARE);
    text.append(table(marks(combinations, seed, true)));
    Path out = Path.of(arguments[2]);
    Files.createDirectories(out.toAbsolutePath().getParent());
    Files.writeString(out, text);
    System.out.print(text);
  }

  private static List<Marks> marks(int combinations, long seed, boolean bare) {
    List<Marks> marks = new ArrayList<>();
    for (Specimen specimen : Specimen.values()) {
      System.err.println(specimen.word() + (bare ? ", a stranger's contract" : ""));
      marks.add(Marks.of(specimen, bare, combinations, new Random(seed)));
    }
    return marks;
  }

  private static String table(List<Marks> all) {
    StringBuilder text = new StringBuilder(TABLE);
    for (Marks each : all) {
      int faults = each.alone().size();
      text.append(
          "| %s | %s | %s | %d | %s | %s | %.0f | %d |%n"
              .formatted(
                  each.specimen().word(),
                  new Share(faults - each.missed().size(), faults),
                  each.named(),
                  each.repaired().finds().size(),
                  each.recall(),
                  each.explained(),
                  each.requestsForAFinding(),
                  each.requests()));
    }
    Share none = new Share(0, 0);
    text.append(
        "| **all** | %s | %s | %d | %s | %s | | |%n"
            .formatted(
                all.stream()
                    .map(
                        each ->
                            new Share(
                                each.alone().size() - each.missed().size(), each.alone().size()))
                    .reduce(none, Share::plus),
                all.stream().map(Marks::named).reduce(none, Share::plus),
                all.stream().mapToInt(each -> each.repaired().finds().size()).sum(),
                all.stream().map(Marks::recall).reduce(none, Share::plus),
                all.stream().map(Marks::explained).reduce(none, Share::plus)));
    return text + lists(all);
  }

  private static String lists(List<Marks> all) {
    StringBuilder text = new StringBuilder();
    for (Marks each : all) {
      String name = each.specimen().word();
      line(text, name, "is not found", each.missed().stream().map(flaw -> flaw.word()).toList());
      line(
          text,
          name,
          "is said of the repaired one, falsely",
          each.repaired().finds().stream().map(ProbeQuality::told).sorted().toList());
      line(
          text,
          name,
          "is found alone, not in some combinations (how many)",
          each.hidden().entrySet().stream()
              .map(hidden -> hidden.getKey().word() + " (" + hidden.getValue() + ")")
              .toList());
      line(
          text,
          name,
          "is found in combinations though no fault gives it alone (how many)",
          each.strange().entrySet().stream()
              .map(strange -> told(strange.getKey()) + " (" + strange.getValue() + ")")
              .sorted()
              .toList());
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String what, List<String> each) {
    if (!each.isEmpty()) {
      text.append("\n- ").append(name).append(", ").append(what).append(": ");
      text.append(each.stream().map(one -> "`" + one + "`").collect(Collectors.joining(", ")));
      text.append('\n');
    }
  }

  private static String told(Sortie.Find find) {
    return find.probe() + (find.operation().isEmpty() ? "" : " " + find.operation());
  }

  private static final String HEAD =
      """
      # What the prober finds

      Written by `bench/probes`: `gatewarden probe` against the deliberately broken APIs of `demo/broken`, each fault
      switched on alone, and %d random combinations for each API (seed %d, two faults to half of all).
      These APIs were written before the probes, out of what is published about such faults; the probes were tuned on them
      since, so that these figures say what is held, not what to expect of an API that nobody here has seen.

      - **Found alone**: a finding under the fault's own category of the OWASP API Security Top 10.
      - **Category right**: of all findings with one fault switched on, those of that fault's category. The others are true as
        well where the repaired API is silent, but tell of a fault by what else it lets happen.
      - **False when repaired**: findings with no fault at all.
      - **Found together**: of all faults in the combinations, those that gave a finding they give alone.
      - **Explained together**: of all findings in the combinations, those that one of the faults gives alone. One that is not
        is either what two faults make possible together, or false.
      - **Requests**: for a finding, over the combinations; and of a run, the median.
      """;

  private static final String BARE =
      """
      The same contracts without any `x-gatewarden` extension, and what `gatewarden bind` makes of them.

      """;

  private static final String TABLE =
      """
      | API | found alone | category right | false when repaired | found together | explained together | requests for a finding | requests of a run |
      | --- | --- | --- | --- | --- | --- | --- | --- |
      """;
}
