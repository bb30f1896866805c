package dev.gatewarden.app.admin;

import dev.gatewarden.gateway.recorder.Metrics;
import java.util.Locale;
import java.util.Map;

/// What is counted, written as Prometheus reads it (text format 0.0.4) under OpenTelemetry's names.
public final class Exposition {
  private static final String DURATION = "http_server_request_duration_seconds";
  private static final String RULES = "gatewarden_security_rule_matches_total";

  private final StringBuilder text = new StringBuilder(8192);

  /// The durations by operation and status, and the refusals by reason.
  public Exposition requests(Metrics metrics) {
    type(DURATION, "histogram", "time from the complete request head to the last byte answered");
    for (Metrics.Route route : metrics.routes()) {
      for (Metrics.Series series : route.series()) {
        histogram(route, series);
      }
    }
    type(
        RULES,
        "counter",
        "reasons to refuse, by rule; denied, or would_deny where a guard only observes");
    metrics.refusals().forEach((code, count) -> rule(code, "denied", count));
    metrics.wouldDenials().forEach((code, count) -> rule(code, "would_deny", count));
    return this;
  }

  /// One more number that only rises.
  public Exposition counter(String name, String help, long value) {
    type(name, "counter", help);
    text.append(name).append(' ').append(value).append('\n');
    return this;
  }

  /// One more number that rises and falls.
  public Exposition gauge(String name, String help, double value) {
    type(name, "gauge", help);
    text.append(name).append(' ').append(number(value)).append('\n');
    return this;
  }

  /// Several numbers of one name that only rise, told apart by one label; nothing where there are
  /// none.
  public Exposition counters(String name, String help, String label, Map<String, Long> values) {
    if (!values.isEmpty()) {
      type(name, "counter", help);
      values.forEach(
          (key, value) -> {
            text.append(name).append('{');
            label(label, key);
            text.append("} ").append(value).append('\n');
          });
    }
    return this;
  }

  /// Several numbers of one name, told apart by one label.
  public Exposition gauges(String name, String help, String label, Map<String, Double> values) {
    type(name, "gauge", help);
    values.forEach(
        (key, value) -> {
          text.append(name).append('{');
          label(label, key);
          text.append("} ").append(number(value)).append('\n');
        });
    return this;
  }

  private void histogram(Metrics.Route route, Metrics.Series series) {
    long[] counts = series.counts();
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += counts[i];
      text.append(DURATION).append("_bucket{");
      labels(route, series);
      text.append(',');
      label("le", i < Metrics.BOUNDS.length ? number(Metrics.BOUNDS[i]) : "+Inf");
      text.append("} ").append(sum).append('\n');
    }
    text.append(DURATION).append("_sum{");
    labels(route, series);
    text.append("} ").append(number(series.seconds())).append('\n');
    text.append(DURATION).append("_count{");
    labels(route, series);
    text.append("} ").append(sum).append('\n');
  }

  private void labels(Metrics.Route route, Metrics.Series series) {
    label("http_request_method", route.method());
    text.append(',');
    label("http_route", route.template());
    text.append(',');
    label("http_response_status_code", String.valueOf(series.status()));
    text.append(',');
    label("gatewarden_operation", route.id().toString());
  }

  private void rule(String code, String outcome, long count) {
    int dot = code.indexOf('.');
    text.append(RULES).append('{');
    label("security_rule_name", dot < 0 ? code : code.substring(0, dot));
    text.append(',');
    label("gatewarden_reason", code);
    text.append(',');
    label("gatewarden_outcome", outcome);
    text.append("} ").append(count).append('\n');
  }

  private void label(String name, String value) {
    text.append(name).append("=\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '"' -> text.append("\\\"");
        case '\n' -> text.append("\\n");
        default -> text.append(c);
      }
    }
    text.append('"');
  }

  private void type(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%s", value);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
