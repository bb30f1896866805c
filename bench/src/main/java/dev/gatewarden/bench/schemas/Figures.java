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
        out.printf(
            Locale.ROOT,
            "  %8.2f (%8.2f)",
            best(contender, sample) / 1e3,
            median(contender, sample) / 1e3);
      }
      out.println();
    }
    out.println("times gatewarden's cost");
    head(out);
    for (String contender : all.keySet()) {
      out.printf(Locale.ROOT, "  %-18s", contender);
      for (Sample sample : samples) {
        out.printf(Locale.ROOT, "  %18.2f×", best(contender, sample) / best("gatewarden", sample));
      }
      out.println();
    }
    out.println("bytes allocated per document");
    head(out);
    for (String contender : all.keySet()) {
      out.printf(Locale.ROOT, "  %-18s", contender);
      for (Sample sample : samples) {
        out.printf(Locale.ROOT, "  %19.1f", allocated(contender, sample));
      }
      out.println();
    }
  }

  private void head(PrintStream out) {
    out.printf("  %-18s", "");
    for (Sample sample : samples) {
      String title = sample.name() + " " + sample.title() + " " + sample.bytes();
      out.printf("  %19s", title.length() > 19 ? title.substring(0, 19) : title);
    }
    out.println();
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
                    "\"%s/%s\": {\"quietest_ns\": %.1f, \"median_ns\": %.1f, \"bytes\": %.1f}",
                    contender,
                    sample.name(),
                    best(contender, sample),
                    median(contender, sample),
                    allocated(contender, sample)));
      }
    }
    return json.append("\n}\n").toString();
  }
}
