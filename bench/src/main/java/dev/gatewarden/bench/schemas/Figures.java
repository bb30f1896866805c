package dev.gatewarden.bench.schemas;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What was measured, and the tables made of it.
///
/// What else the machine does can only make a window slower, so the quietest window of a contender
/// stands for it.
final class Figures {
  private final List<Sample> samples;
  private final Map<String, Map<String, List<Contender.Cost>>> all = new LinkedHashMap<>();

  Figures(List<Sample> samples) {
    this.samples = samples;
  }

  void enter(Contender contender, Sample sample) {
    all.computeIfAbsent(contender.name(), _ -> new LinkedHashMap<>())
        .put(sample.name(), new ArrayList<>());
  }

  boolean competes(Contender contender, Sample sample) {
    return of(contender.name(), sample.name()) != null;
  }

  void add(Contender contender, Sample sample, Contender.Cost cost) {
    all.getOrDefault(contender.name(), Map.of())
        .getOrDefault(sample.name(), new ArrayList<>())
        .add(cost);
  }

  private @org.jspecify.annotations.Nullable List<Contender.Cost> of(
      String contender, String sample) {
    return all.getOrDefault(contender, Map.of()).get(sample);
  }

  void print(PrintStream out) {
    out.println("µs of thread CPU per document, quietest window (median)");
    head(out);
    for (String contender : all.keySet()) {
      out.printf(Locale.ROOT, "  %-18s", contender);
      for (Sample sample : samples) {
        double best = best(contender, sample) / 1e3;
        cell(out, best, two(best) + " (" + two(median(contender, sample) / 1e3) + ")");
      }
      out.println();
    }
    out.println("times gatewarden's cost");
    head(out);
    for (String contender : all.keySet()) {
      out.printf(Locale.ROOT, "  %-18s", contender);
      for (Sample sample : samples) {
        double times = best(contender, sample) / best("gatewarden", sample);
        cell(out, times, two(times) + "×");
      }
      out.println();
    }
    out.println("bytes allocated per document");
    head(out);
    for (String contender : all.keySet()) {
      out.printf(Locale.ROOT, "  %-18s", contender);
      for (Sample sample : samples) {
        double bytes = allocated(contender, sample);
        cell(out, bytes, one(bytes));
      }
      out.println();
    }
  }

  private void head(PrintStream out) {
    out.printf("  %-18s", "");
    samples.forEach(sample -> out.printf("  %20s", sample.name() + " " + sample.title()));
    out.println();
    out.printf("  %-18s", "");
    samples.forEach(sample -> out.printf("  %20s", sample.bytes() + " bytes"));
    out.println();
  }

  private static String two(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }

  private static String one(double number) {
    return Double.isNaN(number) ? "null" : String.format(Locale.ROOT, "%.1f", number);
  }

  /// What was not measured stays blank: not every contender tells what it allocates.
  private static void cell(PrintStream out, double measured, String text) {
    out.printf("  %20s", Double.isNaN(measured) ? "" : text);
  }

  private double best(String contender, Sample sample) {
    return sorted(contender, sample).stream().findFirst().orElse(Double.NaN);
  }

  private double median(String contender, Sample sample) {
    List<Double> sorted = sorted(contender, sample);
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }

  private double allocated(String contender, Sample sample) {
    List<Contender.Cost> costs = of(contender, sample.name());
    return costs == null
        ? Double.NaN
        : costs.stream().mapToDouble(Contender.Cost::bytes).min().orElse(Double.NaN);
  }

  private List<Double> sorted(String contender, Sample sample) {
    List<Contender.Cost> costs = of(contender, sample.name());
    return costs == null ? List.of() : costs.stream().map(Contender.Cost::nanos).sorted().toList();
  }

  String json() {
    StringBuilder json = new StringBuilder("{");
    for (String contender : all.keySet()) {
      for (Sample sample : samples) {
        json.append(json.length() > 1 ? ",\n " : "\n ")
            .append(
                String.format(
                    Locale.ROOT,
                    "\"%s/%s\": {\"quietest_ns\": %s, \"median_ns\": %s, \"bytes\": %s}",
                    contender,
                    sample.name(),
                    one(best(contender, sample)),
                    one(median(contender, sample)),
                    one(allocated(contender, sample))));
      }
    }
    return json.append("\n}\n").toString();
  }
}
