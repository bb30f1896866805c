package dev.gatewarden.app.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.gateway.recorder.Metrics;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ExpositionTest {

  @Test
  void writes_durations_as_a_cumulative_histogram() {
    Metrics metrics = new Metrics();
    metrics.unlisted().count(404, TimeUnit.MILLISECONDS.toNanos(4));
    metrics.unlisted().count(404, TimeUnit.MILLISECONDS.toNanos(80));
    metrics.unlisted().count(404, TimeUnit.SECONDS.toNanos(11));
    String text = new Exposition().requests(metrics).toString();
    String labels =
        "http_request_method=\"_OTHER\",http_route=\"\",http_response_status_code=\"404\",gatewarden_operation=\".unlisted\"";
    assertThat(text)
        .contains("# TYPE http_server_request_duration_seconds histogram\n")
        .contains("_bucket{" + labels + ",le=\"0.005\"} 1\n")
        .contains("_bucket{" + labels + ",le=\"0.1\"} 2\n")
        .contains("_bucket{" + labels + ",le=\"10\"} 2\n")
        .contains("_bucket{" + labels + ",le=\"+Inf\"} 3\n")
        .contains("_count{" + labels + "} 3\n")
        .contains("_sum{" + labels + "} 11.084\n");
  }

  @Test
  void writes_refusals_by_rule_and_reason() {
    Metrics metrics = new Metrics();
    metrics.refused("object-owner.FOREIGN");
    metrics.wouldDeny("response-schema.BROKEN");
    assertThat(new Exposition().requests(metrics).toString())
        .contains(
            "gatewarden_security_rule_matches_total{security_rule_name=\"object-owner\",gatewarden_reason=\"object-owner.FOREIGN\",gatewarden_outcome=\"denied\"}"
                + " 1\n")
        .contains(
            "{security_rule_name=\"response-schema\",gatewarden_reason=\"response-schema.BROKEN\",gatewarden_outcome=\"would_deny\"}"
                + " 1\n");
  }
}
