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
    assertThat(told(LINE))
        .contains("cedar bd2814380fc9743e: no-bob, night\n")
        .contains("permit by 0123456789abcdef, by no policy\n")
        .contains("refused by policy");
  }

  @Test
  void blames_no_guard_that_let_a_request_pass_whose_service_failed() {
    String story =
        told(
            """
            {"id":"00","method":"GET","operation":"shop.list","route":"/orders","status":504,
             "outcome":"failed","reasons":["transport.UPSTREAM_TIMEOUT","permission.PUBLIC"],
             "forwarded":1,"duration_us":1000}
            """);

    assertThat(story)
        .contains("refused by transport")
        .contains("let pass by permission")
        .contains("its answer did not come")
        .contains("docs/how-to/stay-up.md")
        .doesNotContain("to excuse");
  }

  @Test
  void says_that_a_service_was_not_asked_where_nothing_was_forwarded() {
    assertThat(
            told(
                """
                {"id":"00","method":"GET","status":503,"outcome":"failed","duration_us":10,
                 "reasons":["transport.UPSTREAM_RESTING"]}
                """))
        .contains("the service was not asked");
  }

  @Test
  void tells_of_a_step_out_of_order_that_it_is_out_of_order() {
    assertThat(
            told(
                """
                {"id":"00","method":"POST","operation":"shop.pay","status":409,"outcome":"denied",
                 "reasons":["flow.OUT_OF_ORDER"],"about":["purchase.pay"]}
                """))
        .contains("refused by flow")
        .contains("about      purchase.pay\n")
        .contains("docs/how-to/guard-flows.md")
        .doesNotContain("on its way already");
  }

  private static String told(String text) {
    Place.Origin origin = new Place.Origin(URI.create("test:line"), "line");
    Node line =
        new DocumentReader(Bounds.DEFAULT).read(origin, text.getBytes(StandardCharsets.UTF_8));
    return new Story(Sources.ofThisProgram(), LocalDate.parse("2026-11-22")).of((Node.Obj) line);
  }
}
