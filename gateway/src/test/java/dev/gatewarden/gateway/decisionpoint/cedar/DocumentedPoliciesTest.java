package dev.gatewarden.gateway.decisionpoint.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The policies that the documentation shows are policies.
class DocumentedPoliciesTest {
  @TempDir Path folder;

  @Test
  void load() throws IOException {
    Path page = Path.of(System.getProperty("gatewarden.root", ".."), "docs/how-to/policies.md");
    StringBuilder policies = new StringBuilder();
    int blocks = 0;
    for (String part : Files.readString(page).split("```cedar\n")) {
      if (blocks++ > 0) {
        policies.append(part, 0, part.indexOf("```"));
      }
    }

    assertThat(blocks).isGreaterThan(3);
    assertThat(
            new Policies(folder, policies.toString())
                .claim(
                    "department",
                    new CedarSettings.Claim(
                        List.of("hr", "department"), CedarSettings.Claim.Kind.STRING))
                .problems())
        .isEmpty();
  }
}
