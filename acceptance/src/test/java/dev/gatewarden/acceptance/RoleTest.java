package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ADMIN;
import static dev.gatewarden.demo.issuer.Person.ALICE;
import static dev.gatewarden.demo.issuer.Person.PARTNER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.ShopFiles;
import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.attack.Side;
import dev.gatewarden.demo.shop.Fault;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client was granted and what its user may be, both at once: the shop with an overlay that
/// lets support and admins alone create orders.
class RoleTest {

  private static final String NEW_ORDER =
      "{\"items\":[{\"sku\":\"BEANS-500\",\"quantity\":2}],\"shipTo\":\"Dock 4\"}";

  @TempDir private static Path folder;
  private static ShopAtTheGate shop;
  private static Side side;

  @BeforeAll
  static void open() throws Exception {
    shop = ShopAtTheGate.start(EnumSet.allOf(Fault.class), RoleTest::asking);
    side = shop.side();
  }

  private static ShopFiles asking(ShopFiles files) {
    Path overlay = folder.resolve("roles.yaml");
    try {
      Files.writeString(overlay, "permissions: {createOrder: {roles: [support, admin]}}\n");
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
    return ShopAtTheGate.unlimited(files)
        .change("    at: {path: /}", "    overlay: " + overlay + "\n    at: {path: /}");
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  @BeforeEach
  void tidy() {
    side.reset();
  }

  @Test
  @Requirement(id = "AUT-1", without = "permission")
  @Requirement(id = "AUT-5", without = "permission")
  void refuses_a_user_without_the_role_though_the_client_has_the_scope() throws Exception {
    int before = shop.shelves().orders().size();
    Seen seen = side.post("/v1/orders", side.token(ALICE), NEW_ORDER);

    assertThat(seen.status()).isEqualTo(403);
    assertThat(shop.reason(seen)).isEqualTo("permission.NO_ROLE");
    assertThat(shop.shelves().orders()).hasSize(before);
  }

  @Test
  @Requirement(id = "AUT-5", without = "permission")
  void refuses_a_client_without_the_scope_though_the_user_has_the_role() throws Exception {
    int before = shop.shelves().orders().size();
    String reader = side.token(side.wish(ADMIN).scopes(List.of("orders:read")));
    Seen seen = side.post("/v1/orders", reader, NEW_ORDER);

    assertThat(seen.status()).isEqualTo(403);
    assertThat(seen.header("www-authenticate")).contains("orders:write");
    assertThat(side.post("/v1/orders", side.token(PARTNER), NEW_ORDER).status()).isEqualTo(403);
    assertThat(shop.shelves().orders()).hasSize(before);
  }

  @Test
  @Requirement(id = "AUT-5")
  void lets_a_caller_in_whose_client_and_user_both_may() throws Exception {
    assertThat(side.post("/v1/orders", side.token(ADMIN), NEW_ORDER).status()).isEqualTo(201);
    String support = side.token(side.wish(ALICE).roles(List.of("customer", "support")));
    assertThat(side.post("/v1/orders", support, NEW_ORDER).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Admin", "admin ", "role:admin", "admin,support", "*", "administrator"})
  void takes_no_other_spelling_for_a_role(String role) throws Exception {
    String odd = side.token(side.wish(ALICE).roles(List.of(role)));

    assertThat(side.post("/v1/orders", odd, NEW_ORDER).status()).isEqualTo(403);
  }

  @Test
  void takes_no_scope_for_a_role() throws Exception {
    String odd = side.token(side.wish(ALICE).scopes(List.of("orders:write", "admin", "support")));

    assertThat(side.post("/v1/orders", odd, NEW_ORDER).status()).isEqualTo(403);
  }

  @Test
  void leaves_the_other_operations_as_they_are() throws Exception {
    assertThat(side.get("/v1/orders", side.token(ALICE)).status()).isEqualTo(200);
  }
}
