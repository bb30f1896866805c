package dev.gatewarden.acceptance.framing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Compares what a service read with what the gate says that it sent there.
final class Count {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ANSWER =
      Pattern.compile(
          "x-request-id: (\\S+)\\r"
              + "\\n"
              + "(?:[^\\r"
              + "\\n"
              + "]+\\r"
              + "\\n"
              + ")*\\r"
              + "\\n"
              + "\\{\"id\":\"([^\"]*)\",\"target\":\"([^\"]*)\"}");

  private final Map<String, JsonNode> forwarded = new HashMap<>();
  private final List<JsonNode> lines = new ArrayList<>();
  private long times;

  /// @param decisions the lines of a gate that has stopped
  Count(String decisions) {
    decisions
        .lines()
        .forEach(
            line -> {
              JsonNode each = JSON.readTree(line);
              lines.add(each);
              if (each.has("forwarded")) {
                forwarded.put(each.get("id").asString(), each);
                times += each.get("forwarded").asLong();
              }
            });
  }

  int decisions() {
    return lines.size();
  }

  long forwarded() {
    return times;
  }

  /// How many requests were refused for a reason of this control.
  long refusedBy(String control) {
    return lines.stream()
        .filter(line -> line.path("reasons").toString().contains("\"" + control + "."))
        .count();
  }

  /// The service counted exactly what the gate counted, each is the one that was judged, and
  /// nothing
  /// but requests to the letter came.
  void agreesWith(Upstream service) {
    assertThat(service.faults()).as("what is no request to the letter").isEmpty();
    Map<String, Integer> came = new HashMap<>();
    for (Arrival one : service.arrived()) {
      came.merge(one.id(), 1, Integer::sum);
      assertThat(one.target())
          .as("what the gate never lets through")
          .doesNotContain("canary", "evil");
      JsonNode line = forwarded.get(one.id());
      assertThat(line).as("no decision forwarded " + one).isNotNull();
      assertThat(one.method()).isEqualTo(line.get("method").asString());
      assertThat(one.target())
          .matches(line.get("route").asString().replaceAll("\\{[^}]+}", "[^/]+"));
      assertThat(one.field("transfer-encoding")).isIn("", "chunked");
    }
    forwarded.forEach(
        (id, line) ->
            assertThat(came.getOrDefault(id, 0))
                .as("arrivals of " + line)
                .isEqualTo(line.get("forwarded").asInt()));
    assertThat((long) service.arrived().size()).isEqualTo(times);
  }

  /// Nobody was told what another connection asked for, and each answer is that of its own
  /// decision.
  static int answersOwn(Attackers.Told told) {
    int answers = 0;
    for (Matcher each = ANSWER.matcher(told.text()); each.find(); answers++) {
      assertThat(each.group(1)).as("the decision of an answer").isEqualTo(each.group(2));
      assertThat(each.group(3)).as("what was told to " + told.tag()).contains(told.tag());
    }
    return answers;
  }
}
