package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.StateFolder;
import dev.gatewarden.demo.Tree;
import dev.gatewarden.demo.shop.Bank;
import dev.gatewarden.testkit.Requirement;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is wrong is said at once, with its place and an advice; what is insecure does not load.
class ConfigurationTest {

  @TempDir private Path folder;

  @BeforeEach
  void copyTheShop() throws Exception {
    Path shop = Tree.find().configuration().getParent();
    Files.copy(shop.resolve("shop.yaml"), folder.resolve("shop.yaml"));
    Files.writeString(
        folder.resolve("gatewarden.yaml"),
        Files.readString(shop.resolve("gatewarden.yaml"))
            .replace("../../.gatewarden/demo", folder.toString()));
    new StateFolder(folder).secret("bank.secret", Bank::freshSecret);
  }

  @Test
  void the_example_is_sound() throws Exception {
    Program check = Program.gatewarden(folder, "check-config");

    assertThat(check.out()).contains("is sound");
    assertThat(check.code()).isZero();
  }

  @Test
  @Requirement(id = "RUN-1")
  void the_schema_of_the_file_can_be_had() throws Exception {
    Program schema = Program.gatewarden(folder, "schema");

    assertThat(schema.code()).isZero();
    assertThat(schema.out()).startsWith("{").contains("\"$schema\"").contains("algorithms");
  }

  @Test
  void every_value_can_be_seen_with_its_origin() throws Exception {
    Program check = Program.gatewarden(folder, "check-config", "--effective");

    assertThat(check.code()).isZero();
    assertThat(check.out())
        .containsPattern("issuers\\.demo\\.audience\\[0\\]: .*gatewarden\\.yaml:")
        .containsPattern("limits\\.connections: 10000 +default");
  }

  @Test
  @Requirement(id = "RUN-1")
  void a_wrong_key_is_told_with_line_column_and_the_right_one() throws Exception {
    change("gatewarden.yaml", "    audience:", "    audiense:");
    Program check = Program.gatewarden(folder, "check-config");

    assertThat(check.code()).isEqualTo(1);
    assertThat(check.out()).contains("gatewarden.yaml:12:5").contains("`audiense`", "`audience`");
  }

  @Test
  void everything_that_is_wrong_is_told_at_once() throws Exception {
    change("gatewarden.yaml", "algorithms: [RS256, ES256]", "algorithms: [none]");
    change("gatewarden.yaml", "tenancy: token", "tenancy: tokn");
    change("gatewarden.yaml", "window: 5m", "window: 5h");
    Program check = Program.gatewarden(folder, "check-config");

    assertThat(check.code()).isEqualTo(1);
    assertThat(check.out()).contains("none").contains("tokn").contains("window");
  }

  @Test
  @Requirement(id = "RUN-1")
  void an_issuer_without_audience_does_not_load() throws Exception {
    change("gatewarden.yaml", "    audience: https://shop.example\n", "");
    Program check = Program.gatewarden(folder, "check-config");

    assertThat(check.code()).isEqualTo(1);
    assertThat(check.out()).contains("`audience`");
  }

  @Test
  void a_secret_in_the_clear_does_not_load_and_is_not_repeated() throws Exception {
    change("gatewarden.yaml", "'file:" + folder + "/bank.secret'", "whsec_c2VjcmV0c2VjcmV0");
    Program check = Program.gatewarden(folder, "check-config");

    assertThat(check.code()).isEqualTo(1);
    assertThat(check.out()).contains("in the clear").doesNotContain("c2VjcmV0");
  }

  @Test
  void a_scheme_nobody_proves_does_not_load() throws Exception {
    change("gatewarden.yaml", "bankSignature: bank", "bankSignatur: bank");
    Program check = Program.gatewarden(folder, "check-config");

    assertThat(check.code()).isEqualTo(1);
    assertThat(check.out()).contains("`bankSignature`");
  }

  @Test
  void an_operation_that_does_not_say_whose_object_it_touches_does_not_load() throws Exception {
    change(
        "shop.yaml",
        "operationId: getOrder\n"
            + "      summary: One order\n"
            + "      security: [{bearerAuth: [orders:read]}]\n"
            + "      x-gatewarden-object: {type: order, id: path.orderId}\n",
        "operationId: getOrder\n"
            + "      summary: One order\n"
            + "      security: [{bearerAuth: [orders:read]}]\n");
    Program check = Program.gatewarden(folder, "check-config");

    assertThat(check.code()).isEqualTo(1);
    assertThat(check.out()).contains("shop.yaml:").contains("getOrder");
  }

  @Test
  void a_broken_contract_is_told_with_its_place() throws Exception {
    change("shop.yaml", "#/components/schemas/OrderPage", "#/components/schemas/OrderPages");
    Program check = Program.gatewarden(folder, "check-config");

    assertThat(check.code()).isEqualTo(1);
    assertThat(check.out()).contains("shop.yaml:").contains("OrderPages");
  }

  @Test
  void a_file_that_is_no_yaml_is_told_with_its_place() throws Exception {
    Files.writeString(folder.resolve("gatewarden.yaml"), "gatewarden: 1\nlisten: {public: [\n");
    Program check = Program.gatewarden(folder, "check-config");

    assertThat(check.code()).isEqualTo(1);
    assertThat(check.out()).containsPattern("gatewarden\\.yaml:\\d+:\\d+");
  }

  @Test
  void a_port_that_somebody_holds_is_told_in_one_line() throws Exception {
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      change("gatewarden.yaml", "{port: 8080}", "{port: " + holder.getLocalPort() + "}");
      change("gatewarden.yaml", "{port: 8081}", "{port: 0}");
      Program run = Program.gatewarden(folder, "run");

      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains(Integer.toString(holder.getLocalPort()));
      assertThat(run.err()).doesNotContain("Exception").doesNotContain("\tat ");
      assertThat(run.out()).isEmpty();
    }
  }

  private void change(String file, String piece, String other) throws Exception {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(piece);
    Files.writeString(path, text.replace(piece, other));
  }
}
