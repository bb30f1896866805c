package dev.gatewarden.acceptance.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.testkit.Requirement;
import dev.gatewarden.testkit.WithoutControl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A service that forgets every check, on a PostgreSQL that holds the policies its contract became.
///
/// Two tenants with two users each, and each row by each caller and each verb, held against a table
/// of who may what that knows nothing of SQL.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowSecurityTest {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Shop, version: '1'}
      security: [{}]
      paths: {}
      components:
        x-gatewarden-objects:
          account:
            id: {at: /id}
            owner: {at: /owner}
            tenant: {at: /tenant}
            table: {name: accounts, id: id, owner: owner, tenant: tenant}
          address:
            id: {at: /id, as: integer}
            owner: {at: /agent, is: principal.claim(/agent/number)}
            access: {read: [owner], write: [owner]}
            table: {name: shop.addresses, id: id, owner: {column: ownerNumber, as: integer}}
          order:
            id: {at: /id}
            owner: {at: /customerId}
            tenant: {at: /tenantId}
            parent: {account: /accountId}
            refs: {address: /shipTo}
            access: {read: [owner, role:support, 'role:desk@any-tenant'], write: [owner]}
            table:
              name: orders
              id: id
              owner: customer_id
              tenant: tenant_id
              parent: {account: account_id}
              refs: {address: ship_to}
          line:
            id: {at: /id}
            parent: {order: /orderId}
            access: {read: [anyone], write: [anyone]}
            table: {name: lines, id: id, parent: {order: order_id}}
          product:
            id: {at: /sku}
            access: {read: [anyone], write: ['role:admin']}
            table: {name: products, id: sku}
          basket:
            id: {at: /id}
            owner: {at: /owner}
      """;

  private static final String TABLES =
      """
      CREATE SCHEMA shop;
      CREATE TABLE accounts (id text PRIMARY KEY, owner text, tenant text);
      CREATE TABLE shop.addresses (id bigint PRIMARY KEY, "ownerNumber" bigint);
      CREATE TABLE orders (id text PRIMARY KEY, customer_id text, tenant_id text, account_id text, ship_to bigint, total int DEFAULT 0);
      CREATE TABLE lines (id text PRIMARY KEY, order_id text, amount int DEFAULT 1);
      CREATE TABLE products (sku text PRIMARY KEY, price int);
      GRANT USAGE ON SCHEMA shop TO shop_service;
      GRANT ALL ON accounts, shop.addresses, orders, lines, products TO shop_service;
      INSERT INTO products VALUES ('p1', 5), ('p2', 7);
      """;

  private static final List<User> USERS =
      List.of(
          new User("alice", "a", 1, Set.of()),
          new User("bob", "a", 2, Set.of()),
          new User("carol", "b", 3, Set.of()),
          new User("dave", "b", 4, Set.of()),
          new User("sam", "a", 5, Set.of("support")),
          new User("root", "a", 6, Set.of("admin")),
          // The same name in another tenant is somebody else.
          new User("alice", "b", 7, Set.of()),
          new User("alice", null, 8, Set.of("support", "admin")),
          new User("dora", "provider", 9, Set.of("desk")),
          new User("dirk", "a", 10, Set.of("desk")));

  private static final List<User> OWNERS = USERS.subList(0, 4);

  private Database database;

  private record User(String subject, @Nullable String tenant, int number, Set<String> roles) {
    String json() {
      String inTenant = tenant == null ? "" : "\"tenant\":\"" + tenant + "\",";
      String named = roles.isEmpty() ? "" : "\"" + String.join("\",\"", roles) + "\"";
      // who crosses says so as the gate does; a role of that name alone is not enough
      String crossing = subject.equals("dora") ? "\"crossing\":[\"desk\"]," : "";
      return "{\"sub\":\"%s\",%s%s\"roles\":[%s],\"agent\":{\"number\":%d}}"
          .formatted(subject, inTenant, crossing, named, number);
    }

    boolean is(User other) {
      return subject.equals(other.subject) && other.tenant != null && other.tenant.equals(tenant);
    }

    boolean supports(User owner) {
      return subject.equals("dora")
          || (roles.contains("support") && owner.tenant != null && owner.tenant.equals(tenant));
    }
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    database = Database.start();
    database.run(TABLES);
    for (User user : OWNERS) {
      String name = user.subject();
      database.run(
          """
          INSERT INTO accounts VALUES ('acc-%1$s', '%1$s', '%2$s');
          INSERT INTO shop.addresses VALUES (%3$d, %3$d);
          INSERT INTO orders VALUES ('ord-%1$s', '%1$s', '%2$s', 'acc-%1$s', %3$d);
          INSERT INTO lines VALUES ('line-%1$s', 'ord-%1$s');
          """
              .formatted(name, user.tenant(), user.number()));
    }
    Cli built = build(folder, "--role", Database.SERVICE);
    assertThat(built.code()).as(built.err()).isZero();
    if (!WithoutControl.named().equals("row-security")) {
      // Twice: who applies it again has lost nothing.
      database.run(built.out());
      database.run(built.out());
    }
  }

  @AfterAll
  void stop() throws Exception {
    database.close();
  }

  private static Cli build(Path folder, String... more) throws Exception {
    Files.writeString(folder.resolve("shop.yaml"), CONTRACT);
    List<String> words = new ArrayList<>(List.of("build", "rls", "shop.yaml"));
    words.addAll(List.of(more));
    return Cli.run(folder, words.toArray(String[]::new));
  }

  @Test
  @Requirement(id = "BLD-3", without = "row-security")
  void lists_to_each_caller_what_is_theirs_and_nothing_else() throws Exception {
    for (User caller : USERS) {
      List<String> orders = new ArrayList<>();
      List<String> accounts = new ArrayList<>();
      for (User owner : OWNERS) {
        if (caller.is(owner) || caller.supports(owner)) {
          orders.add(owner.subject());
        }
        if (caller.is(owner)) {
          accounts.add("acc-" + owner.subject());
        }
      }

      assertThat(database.rows(caller.json(), "SELECT substr(id, 5) FROM orders ORDER BY id"))
          .as("%s", caller)
          .isEqualTo(orders);
      assertThat(database.rows(caller.json(), "SELECT substr(order_id, 5) FROM lines ORDER BY id"))
          .as("lines of %s, by the orders they belong to", caller)
          .isEqualTo(orders);
      assertThat(database.rows(caller.json(), "SELECT id FROM accounts ORDER BY id"))
          .isEqualTo(accounts);
      assertThat(database.rows(caller.json(), "SELECT id FROM shop.addresses"))
          .isEqualTo(caller.number() <= 4 ? List.of("" + caller.number()) : List.of());
      assertThat(database.rows(caller.json(), "SELECT count(*) FROM orders"))
          .as("a count tells of no other rows")
          .isEqualTo(List.of("" + orders.size()));
    }
  }

  @Test
  @Requirement(id = "BLD-3", without = "row-security")
  void changes_and_deletes_only_what_is_the_callers() throws Exception {
    for (User caller : USERS) {
      for (User owner : OWNERS) {
        int mine = caller.is(owner) ? 1 : 0;
        String order = "'ord-" + owner.subject() + "'";

        assertThat(
                database.change(caller.json(), "UPDATE orders SET total = 1 WHERE id = " + order))
            .as("%s changes the order of %s", caller, owner)
            .isEqualTo(mine);
        assertThat(database.change(caller.json(), "DELETE FROM orders WHERE id = " + order))
            .isEqualTo(mine);
        assertThat(
                database.change(
                    caller.json(), "DELETE FROM accounts WHERE id = 'acc-" + owner.subject() + "'"))
            .isEqualTo(mine);
      }
      assertThat(database.change(caller.json(), "UPDATE products SET price = 0"))
          .isEqualTo(caller.roles().contains("admin") ? 2 : 0);
      assertThat(database.rows(caller.json(), "SELECT sku FROM products")).hasSize(2);
    }
  }

  @Test
  @Requirement(id = "BLD-3", without = "row-security")
  void inserts_for_nobody_else_below_no_foreign_parent_and_refers_to_no_foreign_row()
      throws Exception {
    for (User caller : USERS) {
      for (User owner : OWNERS) {
        for (User account : OWNERS) {
          for (User address : OWNERS) {
            String insert =
                "INSERT INTO orders VALUES ('new', '%s', '%s', 'acc-%s', %d)"
                    .formatted(
                        owner.subject(), owner.tenant(), account.subject(), address.number());
            boolean good =
                caller.is(owner) && caller.is(account) && caller.number() == address.number();

            assertThat(database.change(caller.json(), insert))
                .as("%s: %s", caller, insert)
                .isEqualTo(good ? 1 : -1);
          }
        }
      }
    }
  }

  @Test
  @Requirement(id = "BLD-3", without = "row-security")
  void gives_nothing_away_and_takes_nothing_over() throws Exception {
    User alice = OWNERS.getFirst();
    String own = " WHERE id = 'ord-alice'";

    assertThat(database.change(alice.json(), "UPDATE orders SET customer_id = 'bob'" + own))
        .isEqualTo(-1);
    assertThat(database.change(alice.json(), "UPDATE orders SET tenant_id = 'b'" + own))
        .isEqualTo(-1);
    assertThat(database.change(alice.json(), "UPDATE orders SET account_id = 'acc-bob'" + own))
        .isEqualTo(-1);
    assertThat(database.change(alice.json(), "UPDATE orders SET ship_to = 2" + own)).isEqualTo(-1);
    assertThat(database.change(alice.json(), "UPDATE orders SET ship_to = NULL" + own))
        .isEqualTo(1);
    assertThat(database.change(alice.json(), "INSERT INTO lines VALUES ('x', 'ord-bob')"))
        .isEqualTo(-1);
    assertThat(database.change(alice.json(), "INSERT INTO lines VALUES ('x', 'ord-alice')"))
        .isEqualTo(1);
    assertThat(
            database.change(
                alice.json(),
                "INSERT INTO orders VALUES ('ord-alice', 'alice', 'a', 'acc-alice', 1)"
                    + " ON CONFLICT (id) DO UPDATE SET customer_id = 'bob'"))
        .isEqualTo(-1);
  }

  @Test
  @Requirement(id = "BLD-3", without = "row-security")
  void shows_nobody_anything_but_what_is_for_anyone() throws Exception {
    List<@Nullable String> nobodies = new ArrayList<>();
    nobodies.add(null);
    nobodies.addAll(
        List.of(
            "", "{}", "null", "[]", "{\"sub\":\"\"}", "{\"sub\":null}", "{\"sub\":[\"alice\"]}"));
    nobodies.add("{\"sub\":\"alice\"}");
    nobodies.add("{\"sub\":\"alice' OR true --\",\"tenant\":\"a\"}");
    nobodies.add("{\"roles\":\"support\",\"tenant\":\"a\"}");
    nobodies.add("{\"roles\":{\"support\":1},\"tenant\":\"a\"}");
    nobodies.add("{\"agent\":{\"number\":\"1 OR true\"}}");
    nobodies.add("{\"agent\":{\"number\":1.0}}");
    for (String nobody : nobodies) {
      assertThat(database.rows(nobody, "SELECT id FROM orders")).as("%s", nobody).isEmpty();
      assertThat(database.rows(nobody, "SELECT id FROM accounts")).isEmpty();
      assertThat(database.rows(nobody, "SELECT id FROM lines")).isEmpty();
      assertThat(database.rows(nobody, "SELECT id FROM shop.addresses")).isEmpty();
      assertThat(database.rows(nobody, "SELECT sku FROM products")).hasSize(2);
    }
    assertThatThrownBy(() -> database.rows("{broken", "SELECT id FROM orders"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  @Requirement(id = "BLD-3", without = "row-security")
  void holds_beside_a_policy_that_would_let_everything_through() throws Exception {
    database.run("CREATE POLICY careless ON orders USING (true) WITH CHECK (true)");
    try {
      assertThat(database.rows(OWNERS.getFirst().json(), "SELECT id FROM orders"))
          .containsExactly("ord-alice");
      assertThat(database.change(OWNERS.getFirst().json(), "DELETE FROM orders")).isEqualTo(1);
    } finally {
      database.run("DROP POLICY careless ON orders");
    }
    assertThat(database.change(OWNERS.getFirst().json(), "TRUNCATE lines")).isEqualTo(-1);
  }

  @Test
  void forgets_who_called_when_the_transaction_ends() throws Exception {
    assertThat(database.rows(OWNERS.getFirst().json(), "SELECT id FROM orders")).hasSize(1);
    if (WithoutControl.named().isEmpty()) {
      assertThat(database.rows(null, "SELECT id FROM orders")).isEmpty();
    }
  }

  @Test
  void says_what_it_does_not_hold(@TempDir Path folder) throws Exception {
    assertThat(build(folder).err()).contains("not held: `basket`, which names no `table`");
  }

  @Test
  void stops_where_the_role_passes_by_every_policy(@TempDir Path folder) throws Exception {
    assertThatThrownBy(() -> database.run(build(folder, "--role", "postgres").out()))
        .hasMessageContaining("row-level security does not hold the role postgres");
    database.run("ROLLBACK");
    assertThatThrownBy(() -> database.run(build(folder, "--role", "o'neil").out()))
        .hasMessageContaining("there is no role o'neil");
    database.run("ROLLBACK");
  }

  @Test
  void takes_everything_back(@TempDir Path folder) throws Exception {
    try (Database other = Database.start()) {
      other.run(TABLES);
      other.run("INSERT INTO accounts VALUES ('x', 'x', 'x')");
      other.run(build(folder).out());
      assertThat(other.rows(null, "SELECT id FROM accounts")).isEmpty();

      other.run(build(folder, "--undo").out());

      assertThat(other.rows(null, "SELECT id FROM accounts")).containsExactly("x");
      assertThat(other.rows(null, "SELECT polname FROM pg_policy")).isEmpty();
    }
  }

  @Test
  void tells_which_columns_the_contract_does_not_name(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("shop.yaml"),
        CONTRACT
            .replace("tenant_id\n", "tenant_id\n".replace("tenant: tenant_id", ""))
            .replace("        parent: {account: account_id}\n", "")
            .replace(
                "table: {name: accounts, id: id, owner: owner, tenant: tenant}",
                "table: {name: accounts, id: id}"));
    Cli built = Cli.run(folder, "build", "rls", "shop.yaml");

    assertThat(built.code()).isEqualTo(2);
    assertThat(built.out()).isEmpty();
    assertThat(built.err())
        .contains("`account` is for its owner\n    say in which column")
        .contains("`account` is for its tenant\n    say in which column")
        .contains("`order` lies below `account`\n    say in which column")
        .contains("shop.yaml:");
  }

  @Test
  void needs_a_column_of_whom_only_the_gate_knows(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("shop.yaml"),
        CONTRACT
            .replace("owner: {at: /owner}", "owner: {is: principal.subject}")
            .replace(
                "table: {name: accounts, id: id, owner: owner, tenant: tenant}",
                "table: {name: accounts, id: id, tenant: tenant}"));
    Cli built = Cli.run(folder, "build", "rls", "shop.yaml");

    assertThat(built.code()).isEqualTo(2);
    assertThat(built.err())
        .contains("`account` is for its owner, whom only the gate knows")
        .contains("let the service keep it in a column when it creates one");
  }
}
