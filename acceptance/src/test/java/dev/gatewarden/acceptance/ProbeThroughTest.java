package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.Tree;
import dev.gatewarden.demo.issuer.Person;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The shop with all its faults, attacked straight and through the gate in one go.
class ProbeThroughTest {
  @TempDir Path folder;

  @Test
  @Requirement(id = "TST-10", without = "foreign-read")
  void tells_who_stopped_an_attack() throws IOException {
    try (ShopAtTheGate shop = ShopAtTheGate.start()) {
      Cli cli =
          probe(shop, shop.uri(), "--format", "json", "--probe", "foreign-read", "--probe", "cors");

      JsonNode said = JsonMapper.shared().readTree(cli.out());
      assertThat(said.get("findings")).as(cli.out()).isEmpty();
      assertThat(said.get("through"))
          .as(cli.out())
          .anySatisfy(
              row -> {
                assertThat(row.get("probe").asString()).isEqualTo("foreign-read");
                assertThat(row.get("operation").asString()).isEqualTo("getOrder");
                assertThat(row.get("stopped").asString()).isEqualTo("by-gate");
                assertThat(row.get("how").asString()).startsWith("not-found");
                assertThat(row.get("decisions")).isNotEmpty();
              });
      assertThat(cli.code()).isZero();
    }
  }

  @Test
  @Requirement(id = "TST-10", without = "foreign-read")
  void fails_for_what_is_found_behind_the_gate_too() throws IOException {
    try (ShopAtTheGate shop = ShopAtTheGate.start()) {
      Cli cli = probe(shop, shop.shop().uri(), "--probe", "foreign-read");

      assertThat(cli.out()).containsPattern("nobody +getOrder +foreign-read");
      assertThat(cli.code()).isOne();
    }
  }

  private Cli probe(ShopAtTheGate shop, URI door, String... more) throws IOException {
    Files.copy(Tree.find().root().resolve("examples/shop/shop.yaml"), folder.resolve("shop.yaml"));
    Files.writeString(
        folder.resolve("identities.yaml"),
        "identities:\n  alice: {token: "
            + shop.issuer().token(Person.ALICE)
            + "}\n  bob: {token: "
            + shop.issuer().token(Person.BOB)
            + "}\n");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "probe",
                "--contract",
                "shop.yaml",
                "--identities",
                "identities.yaml",
                "--target",
                shop.shop().uri().toString(),
                "--through",
                door.toString(),
                "--rate",
                "10000"));
    arguments.addAll(Arrays.asList(more));
    return Cli.run(folder, arguments.toArray(new String[0]));
  }
}
