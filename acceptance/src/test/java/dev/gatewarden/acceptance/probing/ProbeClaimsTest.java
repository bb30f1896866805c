package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.controls.Catalog;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.demo.broken.Specimen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the reference says of a probe is what it does.
class ProbeClaimsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Specimen.class)
  void sends_nothing_that_changes_something_unless_it_says_so(Specimen specimen)
      throws IOException {
    Set<String> reading = new TreeSet<>();
    for (Probe each : Catalog.PROBES) {
      Attack attack = each.getClass().getAnnotation(Attack.class);
      if (attack != null && !attack.changes()) {
        reading.add(attack.id());
      }
    }
    Set<String> wrong = new TreeSet<>();
    for (String faults : new String[] {"none", "all"}) {
      try (Trial trial = Trial.of(folder, specimen, faults)) {
        trial.probe("--may", "update,delete,act", "--log", "sent.jsonl");
        for (String line : trial.text("sent.jsonl").lines().toList()) {
          JsonNode sent = JsonMapper.shared().readTree(line);
          String probe = sent.get("probe").asString();
          boolean changes =
              sent.get("curl").asString().matches("(?s).*-X (POST|PUT|PATCH|DELETE) .*");
          if (reading.contains(probe) && changes) {
            wrong.add(probe);
          }
        }
      }
    }

    assertThat(wrong).isEmpty();
  }
}
