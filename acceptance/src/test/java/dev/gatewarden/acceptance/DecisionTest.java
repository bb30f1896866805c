package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ALICE;
import static dev.gatewarden.demo.issuer.Person.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.attack.Side;
import dev.gatewarden.demo.shop.Shelves;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every request leaves a line that says who, what, and why, and nothing that could hurt.
class DecisionTest {

  @Test
  void each_request_leaves_one_line_and_no_line_tells_a_secret() throws Exception {
    List<String> lines;
    String token;
    try (ShopAtTheGate shop = ShopAtTheGate.start()) {
      Side side = shop.side();
      side.reset();
      token = side.token(ALICE);
      side.get("/v1/orders/" + Shelves.OF_ALICE, token);
      side.get("/v1/orders/" + Shelves.OF_ALICE, side.token(BOB));
      side.patch("/v1/profile", token, "{\"displayName\":\"hunter2\",\"role\":\"admin\"}");
      side.get("/nowhere?password=hunter2", null);
      shop.gate().close();
      lines = Files.readAllLines(shop.folder().resolve("decisions.ndjson"));
    }

    assertThat(lines).hasSize(4);
    JsonNode read = json(lines.get(0));
    assertThat(read.path("operation").asString()).isEqualTo("shop.getOrder");
    assertThat(read.path("status").asInt()).isEqualTo(200);
    assertThat(read.path("outcome").asString()).isEqualTo("allowed");
    assertThat(read.path("principal").path("subject").asString()).isEqualTo("alice");
    assertThat(read.path("duration_us").asLong()).isPositive();
    JsonNode foreign = json(lines.get(1));
    assertThat(foreign.path("status").asInt()).isEqualTo(404);
    assertThat(foreign.path("reasons").toString()).contains("object-");
    assertThat(json(lines.get(2)).path("reasons").toString()).contains("writable-fields.");
    assertThat(String.join("\n", lines))
        .doesNotContain("hunter2")
        .doesNotContain(Shelves.ALICES_ADDRESS)
        .doesNotContain(token.substring(token.lastIndexOf('.') + 1));
  }

  @Test
  void the_same_id_reaches_the_caller_and_the_service() throws Exception {
    try (Echo service = Echo.start();
        ShopAtTheGate shop =
            ShopAtTheGate.start(
                java.util.Set.of(),
                files -> ShopAtTheGate.unlimited(files).upstream(service.uri()))) {
      Seen seen = shop.side().get("/v1/orders", shop.side().token(ALICE));

      String id = seen.header("x-request-id");
      assertThat(id).isNotEmpty();
      assertThat(service.last().header("x-request-id")).isEqualTo(id);
    }
  }

  @Test
  void counts_requests_by_route_and_status() throws Exception {
    try (ShopAtTheGate shop = ShopAtTheGate.start()) {
      shop.side().reset();
      shop.side().get("/v1/orders", shop.side().token(ALICE));
      shop.side().get("/v1/orders", null);
      String metrics = shop.told("/metrics");

      assertThat(metrics).contains("http_server_request_duration_seconds");
      assertThat(metrics).contains("/v1/orders").contains("401");
    }
  }

  private static JsonNode json(String line) {
    return new JsonMapper().readTree(line);
  }
}
