package dev.gatewarden.app.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.app.source.Sources;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

final class StoryTest {
  private static final String LINE =
      """
      {"id":"00","at":"2026-11-22T12:00:00.000Z","method":"GET","host":"h","status":403,
       "outcome":"denied","reasons":["policy.FORBIDDEN"],
       "decided_by":[{"point":"cedar","policy":"bd2814380fc9743e","policies":["no-bob","night"],
         "next":{"says":"permit","policy":"0123456789abcdef"}}],"policy":"d1"}
      """;

  @Test
  void names_the_policies_that_decided_and_what_those_compared_say() {
    Place.Origin origin = new Place.Origin(URI.create("test:line"), "line");
    Node line =
        new DocumentReader(Bounds.DEFAULT).read(origin, LINE.getBytes(StandardCharsets.UTF_8));

    assertThat(
            new Story(Sources.ofThisProgram(), LocalDate.parse("2026-11-22")).of((Node.Obj) line))
        .contains("cedar bd2814380fc9743e: no-bob, night\n")
        .contains("permit by 0123456789abcdef, by no policy\n")
        .contains("refused by policy");
  }
}
