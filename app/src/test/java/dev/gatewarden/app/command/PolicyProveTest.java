package dev.gatewarden.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a configuration lets callers do, and what a change to it or to a contract widens.
final class PolicyProveTest {
  private static final String DELETE = "x-gatewarden-permission: {roles: [support, admin]}\n";

  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void open() throws IOException {
    shell = new Shell(folder);
    Files.createDirectories(folder.resolve("old"));
    for (String where : new String[] {"", "old/"}) {
      Files.writeString(folder.resolve(where + "shop.yaml"), PolicyTest.SHOP);
      Files.writeString(folder.resolve(where + "gatewarden.yaml"), PolicyTest.CONFIGURATION);
    }
  }

  private void change(String file, String piece, String other) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(piece);
    Files.writeString(path, text.replace(piece, other));
  }

  private Shell.Said against(String... more) {
    String[] all = new String[more.length + 4];
    System.arraycopy(new String[] {"policy", "prove", "--against", "old"}, 0, all, 0, 4);
    System.arraycopy(more, 0, all, 4, more.length);
    return shell.run(all);
  }

  @Test
  void a_version_is_as_wide_as_itself() {
    Shell.Said said = against("--fail-on", "widened,narrowed,trust");
    assertThat(said.code()).isZero();
    assertThat(said.out()).doesNotContain("widened").doesNotContain("narrowed");
  }

  @Test
  void a_role_that_is_no_longer_asked_for_widens() throws IOException {
    change("shop.yaml", DELETE, "x-gatewarden-owner: team\n");
    Shell.Said said = against();
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .contains("x shop.cancelOrder: may be used by oauth with orders:write")
        .contains("shop.yaml:22:5, before ")
        .contains("old/shop.yaml:25:32");
  }

  /// What an attacker, or haste, would change so that nobody notices.
  static Stream<Arguments> widenings() {
    String read = "operationId: getOrder\n      security: [{oauth: [orders:read]}]";
    String exceptions =
        "gatewarden: 1\n"
            + "exceptions: [{guard: %s, operation: %s, mode: observe, because: a test, owner: team,"
            + " until: 2999-01-01}]\n";
    return Stream.of(
        arguments(
            "a scope is dropped",
            "shop.yaml",
            read,
            read.replace("[orders:read]", "[]"),
            "shop.getOrder: may be used by oauth (read order: own)"),
        arguments(
            "a way without credential",
            "shop.yaml",
            read,
            read.replace("}]", "}, {}]"),
            "shop.getOrder: may be used by anybody, without credential"),
        arguments(
            "a grant to the whole tenant",
            "shop.yaml",
            "access: {read: [owner,",
            "access: {read: [owner, tenant,",
            "shop.getOrder: oauth with orders:read reaches read order: same tenant"),
        arguments(
            "a grant to anyone",
            "shop.yaml",
            "access: {read: [owner, 'role:admin']",
            "access: {read: [anyone]",
            "shop.listOrders: oauth with orders:read, role admin reaches list order: other tenant"),
        arguments(
            "a binding is taken away",
            "shop.yaml",
            "{type: order, id: path.id, access: ['role:support', 'role:admin']}",
            "{none: it is quick}",
            "reaches delete order: other tenant"),
        arguments(
            "a role more",
            "shop.yaml",
            "{roles: [support, admin]}",
            "{roles: [support, admin, intern]}",
            "shop.cancelOrder: may be used by oauth with orders:write, role intern"),
        arguments(
            "an operation more",
            "shop.yaml",
            "    get: {operationId: health",
            "    post: {operationId: ping, security: [], responses: {'204': {description: x}}}\n"
                + "    get: {operationId: health",
            "shop.ping: is new, for anybody"),
        arguments(
            "an exception for objects",
            "gatewarden.yaml",
            "gatewarden: 1\n",
            exceptions.formatted("object-owner", "shop.cancelOrder"),
            "reaches delete order: other tenant"),
        arguments(
            "an exception for permissions",
            "gatewarden.yaml",
            "gatewarden: 1\n",
            exceptions.formatted("permission", "shop.*"),
            "shop.getOrder: may be used by oauth (read order: own)"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("widenings")
  void finds_a_planted_widening(String name, String file, String piece, String other, String told)
      throws IOException {
    change(file, piece, other);
    Shell.Said said = against("--fail-on", "widened");
    assertThat(said.err()).as(name).isEmpty();
    assertThat(said.out()).contains(told);
    assertThat(said.code()).isEqualTo(1);
  }

  @Test
  void an_exception_is_told_where_it_stands() throws IOException {
    change(
        "gatewarden.yaml",
        "gatewarden: 1\n",
        "gatewarden: 1\nexceptions:\n- {guard: object-owner, operation: shop.cancelOrder, mode:"
            + " observe, because: a test, owner: team, until: 2999-01-01}\n");
    assertThat(against().out()).contains("gatewarden.yaml:3:3, before ");
  }

  @Test
  void what_only_narrows_passes_unless_it_is_asked_for() throws IOException {
    change("shop.yaml", "{roles: [support, admin]}", "{roles: [admin]}");
    change("shop.yaml", "read: [owner, 'role:admin']", "read: [owner]");
    Shell.Said said = against();
    assertThat(said.code()).isZero();
    assertThat(said.out())
        .contains(
            "shop.cancelOrder: may no longer be used by oauth with orders:write, role support")
        .contains(
            "shop.getOrder: oauth with orders:read, role admin no longer reaches read order:"
                + " same tenant");
    assertThat(against("--fail-on", "narrowed").code()).isEqualTo(1);
  }

  @Test
  void order_names_and_an_implied_role_change_nothing() throws IOException {
    change("shop.yaml", "{roles: [support, admin]}", "{roles: [admin, support]}");
    change("shop.yaml", "operationId: listOrders", "operationId: orders");
    change("shop.yaml", "write: [owner]", "write: [owner, owner]");
    assertThat(against("--fail-on", "widened,narrowed").code()).isZero();
  }

  @Test
  void who_proves_callers_is_told_and_not_weighed() throws IOException {
    change("gatewarden.yaml", "audience: shop", "audience: [shop, other]");
    Shell.Said said = against();
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).contains("trust: what proves callers");
    assertThat(said.out()).contains("x issuers.corp.audience: is `other, shop`, and was `shop`");
    assertThat(against("--fail-on", "widened").code()).isZero();
    assertThat(against("--accept", "trust:issuers.corp.audience").code()).isZero();
    assertThat(against("--accept", "trust:issuers.corp.url").code()).isEqualTo(1);
  }

  @Test
  void what_own_means_is_told_since_no_comparison_can_weigh_it() throws IOException {
    change(
        "shop.yaml",
        "owner: {at: /by, is: principal.subject}",
        "owner: {at: /org, is: principal.tenant}");
    Shell.Said said = against("--fail-on", "widened,trust");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).contains("shop: the owner of a `order` is told otherwise");
    change(
        "shop.yaml",
        "owner: {at: /org, is: principal.tenant}",
        "owner: {at: /by, is: principal.client}");
    assertThat(against("--fail-on", "trust").code()).isEqualTo(1);
  }

  /// A shop of which every word of an object is said.
  private static final String WORDY =
      PolicyTest.SHOP
          .replace("read-by: getOrder", "read-by: getOrder\n      parent: {order: /by}")
          .replace(
              "properties: {data:",
              "properties: {total: {type: integer, maximum: 9}, rows: {type: array, items: {$ref:"
                  + " '#/components/schemas/Order'}}, data:")
          .replace(
              "operationId: listOrders",
              "operationId: listOrders\n"
                  + "      parameters: [{name: by, in: query, schema: {type: string, maxLength:"
                  + " 40}}]")
          .replace(
              "#/data}", "#/data, filter: {at: query.by}, count: {at: /total, then: withhold}}")
          .replace(
              "  /health:",
              """
                /marks:
                  post:
                    operationId: markOrders
                    security: [{oauth: [orders:write]}]
                    x-gatewarden-object: {type: order, does: act, id: body#/orders/*/id, batch: all}
                    requestBody: {content: {application/json: {schema: {type: object, properties: {orders: {type: array, items: {type: object, properties: {id: {type: string, maxLength: 40}}}}}}}}}
                    responses: {'204': {description: x}}
                /health:
              """
                  .stripTrailing());

  /// What a contract says of objects and of what operations do to them.
  static Stream<Arguments> words() {
    String type = "read-by: getOrder";
    String cancel = "access: ['role:support', 'role:admin']}";
    return Stream.of(
        arguments("ObjectType.id", "id: {at: /id}", "id: {at: /org}", "the id of a"),
        arguments("ObjectType.owner", "owner: {at: /by,", "owner: {at: /org,", "the owner of a"),
        arguments("ObjectType.tenant", "tenant: {at: /org,", "tenant: {at: /by,", "the tenant of"),
        arguments("ObjectType.parents", "{order: /by}", "{order: /org}", "lies below"),
        arguments("ObjectType.refs", type, type + "\n      refs: {order: /by}", "holds ids of"),
        arguments("ObjectType.access", "write: [owner]", "write: [tenant]", "reaches act order"),
        arguments("ObjectType.knownBy", type, type + "\n      known-by: [look-up]", "known other"),
        arguments("ObjectType.readBy", type, "known-by: [relation]", "another operation is asked"),
        arguments("ObjectType.unknown", type, type + "\n      unknown: deny", "nobody knows"),
        arguments(
            "ObjectType.publicId", type, type + "\n      public-id: opaque", "callers see as"),
        arguments("ObjectType.table", type, type + "\n      table: {name: o, id: id}", "the table"),
        arguments(
            "ObjectType.references", type, type + "\n      refs: {order: [/by]}", "holds ids"),
        arguments("ObjectType.unchanged", type, type + "\n      write-if: unchanged", "unseen"),
        arguments(
            "ObjectBinding.type", "{type: order, id: path.id, " + cancel, "{none: x}", "reaches"),
        arguments("ObjectBinding.does", "does: act", "does: update", "reaches act order"),
        arguments(
            "ObjectBinding.id",
            "create, id: response.body#/id",
            "create, id: response.body#/by",
            "the id else"),
        arguments(
            "ObjectBinding.within",
            cancel,
            "within: {order: path.id}, " + cancel,
            "no longer reaches"),
        arguments("ObjectBinding.items", "#/data,", "#/rows,", "finds the items elsewhere"),
        arguments(
            "ObjectBinding.foreign", "#/data,", "#/data, foreign: deny,", "several otherwise"),
        arguments("ObjectBinding.count", "then: withhold", "then: keep", "tells how many"),
        arguments("ObjectBinding.batch", "batch: all", "batch: each", "several otherwise"),
        arguments("ObjectBinding.learn", ", learn: owner", "", "hands out otherwise"),
        arguments("ObjectBinding.access", cancel, "access: ['role:admin']}", "no longer reaches"),
        arguments("ObjectBinding.filter", "filter: {at: query.by}, ", "", "no longer filters"),
        arguments("ObjectBinding.delivery", "#/data,", "#/data, delivery: opaque,", "hands out"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("words")
  void tells_each_word_of_an_object_that_changes(
      String component, String piece, String other, String told) throws IOException {
    Files.writeString(folder.resolve("shop.yaml"), WORDY);
    Files.writeString(folder.resolve("old/shop.yaml"), WORDY);
    change("shop.yaml", piece, other);
    Shell.Said said = against("--fail-on", "widened,narrowed,trust");
    assertThat(said.err()).as(component).isEmpty();
    assertThat(said.out()).contains(told);
    assertThat(said.code()).isEqualTo(1);
  }

  @Test
  void no_word_of_an_object_is_left_out() {
    List<String> there = new ArrayList<>();
    for (Class<?> type : List.of(ObjectType.class, ObjectBinding.class)) {
      for (RecordComponent each : type.getRecordComponents()) {
        if (!List.of("name", "place").contains(each.getName())) {
          there.add(type.getSimpleName() + "." + each.getName());
        }
      }
    }
    assertThat(words().map(each -> (String) each.get()[0])).containsExactlyElementsOf(there);
  }

  @Test
  void a_property_shown_to_more_callers_widens() throws IOException {
    for (String where : new String[] {"", "old/"}) {
      change(
          where + "shop.yaml",
          "org: {type: string}",
          "org: {type: string}, cost: {type: string, x-gatewarden-read: ['role:admin'],"
              + " x-gatewarden-write: []}");
    }
    change(
        "shop.yaml",
        "x-gatewarden-read: ['role:admin']",
        "x-gatewarden-read: ['role:admin', owner]");
    Shell.Said said = against("--fail-on", "widened");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).contains("`Order.cost` was `role:admin` and is `role:admin, owner`");
  }

  @Test
  void a_property_that_is_no_longer_declared_is_kept_from_nobody() throws IOException {
    String ruled = "org: {type: string}, cost: {type: string, x-gatewarden-read: ['role:admin']}";
    change("old/shop.yaml", "org: {type: string}", ruled);
    Shell.Said said = against("--fail-on", "widened");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).contains("is no longer declared, and nobody is kept from it");
    change("shop.yaml", "org: {type: string}", "org: {type: string}, note: {type: string}");
    assertThat(against("--fail-on", "shown").code()).isEqualTo(1);
  }

  @Test
  void a_role_that_comes_to_cross_tenants_widens() throws IOException {
    for (String where : new String[] {"", "old/"}) {
      change(
          where + "gatewarden.yaml",
          "roles: /realm/roles",
          "roles: /realm/roles, crossing: {roles: [admin], tenants: [us]}");
    }
    change("shop.yaml", "read: [owner, 'role:admin']", "read: [owner, 'role:admin@any-tenant']");
    Shell.Said said = against("--fail-on", "widened");
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .contains(
            "x shop.getOrder: oauth with orders:read, role admin across tenants reaches read"
                + " order: other tenant")
        .contains("no longer reaches read order: same tenant");
    assertThat(
            shell
                .run(
                    "policy",
                    "what-can",
                    "--scopes",
                    "orders:read",
                    "--roles",
                    "admin",
                    "--crossing")
                .out())
        .contains("read order: everybody's");
    change(
        "old/shop.yaml", "read: [owner, 'role:admin']", "read: [owner, 'role:admin@any-tenant']");
    assertThat(against().code()).isZero();
    change("gatewarden.yaml", "tenants: [us]", "tenants: [us, them]");
    assertThat(against().out())
        .contains("x issuers.corp.crossing.tenants: is `them, us`, and was `us`");
  }

  @Test
  void a_role_that_crosses_tenants_needs_an_issuer_that_vouches_for_it() throws IOException {
    change("shop.yaml", "read: [owner, 'role:admin']", "read: [owner, 'role:admin@any-tenant']");
    Shell.Said said = shell.run("policy", "prove");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err())
        .contains("nobody vouches for the role `admin` across tenants")
        .contains("crossing: {roles: [admin], tenants: […]}");
  }

  @Test
  void a_step_up_that_is_no_longer_asked_for_widens() throws IOException {
    change(
        "old/shop.yaml",
        "operationId: listOrders",
        "operationId: listOrders\n      x-gatewarden-step-up: {max-age: 5m}");
    assertThat(against("--fail-on", "widened").out()).contains("no step-up is asked for");
    assertThat(against("--fail-on", "widened").code()).isEqualTo(1);
  }

  @Test
  void an_operation_that_says_nothing_of_objects_is_believed_to_touch_none() {
    assertThat(shell.run("policy", "prove").out())
        .contains("- shop.health: it touches no object: it does not say");
  }

  @Test
  void what_does_not_load_is_not_compared() throws IOException {
    change("old/shop.yaml", "#/components/schemas/Order", "#/components/schemas/Orders");
    assertThat(against().code()).isEqualTo(2);
    assertThat(shell.run("policy", "prove", "--against", "nowhere").err())
        .contains("there is no `nowhere` to compare with");
  }

  @Test
  void finds_what_nobody_guards_and_nobody_reaches() {
    Shell.Said said = shell.run("policy", "prove");
    assertThat(said.code()).isZero();
    assertThat(said.out())
        .contains("public: anybody may use it, without any credential\n  - shop.health: ")
        .contains("unreachable: nobody can use it\n  - shop.closed: the contract says nothing")
        .contains("6 operations, ");
    assertThat(shell.run("policy", "prove", "--fail-on", "public").code()).isEqualTo(1);
    assertThat(
            shell
                .run("policy", "prove", "--fail-on", "public", "--accept", "public:shop.health")
                .code())
        .isZero();
  }

  @Test
  void finds_rules_that_change_nothing() throws IOException {
    change("shop.yaml", "read: [owner, 'role:admin']", "read: [owner, tenant, 'role:admin']");
    change("shop.yaml", "write: [owner]", "write: ['role:admin', owner]");
    change(
        "shop.yaml",
        "operationId: getOrder\n      security: [{oauth: [orders:read]}]",
        "operationId: getOrder\n      security: [{oauth: [orders:read]}, {oauth: [orders:read,"
            + " orders:write]}]");
    assertThat(shell.run("policy", "prove").out())
        .contains("`owner` changes nothing where reading a `order` is granted")
        .contains("`role:admin` changes nothing where reading a `order` is granted")
        .doesNotContain("`owner` changes nothing where writing")
        .contains("shop.getOrder: alternative 2 of its `security` lets nobody in");
  }

  @Test
  void finds_objects_that_nobody_checks() throws IOException {
    change("shop.yaml", "read: [owner, 'role:admin']", "read: [anyone]");
    Shell.Said said = shell.run("policy", "prove", "--fail-on", "unchecked");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .contains("shop.getOrder: read order: `anyone` may")
        .contains("shop.listOrders: list order: `anyone` may");
  }

  @Test
  void counts_what_it_only_assumes() throws IOException {
    change(
        "shop.yaml",
        "{type: order, id: path.id, access: ['role:support', 'role:admin']}",
        "{none: it is quick}");
    change(
        "shop.yaml",
        "operationId: listOrders",
        "operationId: listOrders\n      x-gatewarden-step-up: {max-age: 5m}");
    Shell.Said said = shell.run("policy", "prove");
    assertThat(said.out())
        .contains("assumed, not proved")
        .contains("shop.cancelOrder: it touches no object: it is quick")
        .contains("shop.listOrders: how its user signed in: signed in within 5m")
        .contains("4 assumed");
    assertThat(shell.run("policy", "prove", "--fail-on", "assumed").code()).isEqualTo(1);
  }

  @Test
  void policies_are_counted_as_assumed_and_their_changes_told() throws IOException {
    for (String where : new String[] {"", "old/"}) {
      change(where + "gatewarden.yaml", "gatewarden: 1\n", "gatewarden: 1\npolicies: [p.cedar]\n");
      Files.writeString(
          folder.resolve(where + "p.cedar"),
          "permit(principal, action, resource);\n\n"
              + "@id(\"night\")\n"
              + "forbid(principal, action, resource) when { false };\n");
    }
    Shell.Said said = against("--fail-on", "widened,trust");
    assertThat(said.code()).isZero();
    assertThat(said.out()).contains("- shop: what the policy `", "p.cedar:1:1", "4 assumed");
    assertThat(shell.run("policy", "who-can", "getOrder").out()).contains("what the policy `");
    change("p.cedar", "when { false }", "when { true }");
    Shell.Said changed = against("--fail-on", "trust");
    assertThat(changed.code()).isEqualTo(1);
    assertThat(changed.out()).contains("is new or another").contains("is gone or another");
  }

  @Test
  void says_where_there_are_too_many_callers_to_try_each() throws IOException {
    StringBuilder alternatives = new StringBuilder();
    for (int i = 0; i < 14; i++) {
      alternatives.append("{oauth: [s").append(i).append("]}, ");
    }
    change(
        "shop.yaml",
        "operationId: getOrder\n      security: [{oauth: [orders:read]}]",
        "operationId: getOrder\n      security: [" + alternatives + "{oauth: [orders:read]}]");
    Shell.Said said = shell.run("policy", "prove");
    assertThat(said.out()).contains("shop.getOrder: callers who bring several things");
    assertThat(against().code()).isEqualTo(1);
    assertThat(against().out()).contains("shop.getOrder: may be used by oauth with s0");
  }

  @Test
  void tells_what_was_granted_and_never_used() throws IOException {
    Files.writeString(
        folder.resolve("decisions.ndjson"),
        """
        {"operation":"shop.getOrder","outcome":"allowed","principal":{"subject":"a","scopes":["orders:read"]}}
        {"operation":"shop.cancelOrder","outcome":"allowed","principal":{"subject":"a","scopes":["orders:write"],"roles":["support"]}}
        {"operation":"shop.createOrder","outcome":"denied","principal":{"subject":"a"}}
        nonsense
        """);
    Shell.Said said = shell.run("policy", "prove", "--used", "decisions.ndjson");
    assertThat(said.out())
        .contains("shop.getOrder: nobody with the role `admin` used it")
        .contains("shop.cancelOrder: nobody with the role `admin` used it")
        .doesNotContain("`support` used it")
        .contains("shop.createOrder: nobody used it")
        .contains("shop.health: nobody used it")
        .doesNotContain("shop.closed: nobody used it");
    assertThat(said.err()).contains("1 line told of no decision");
    assertThat(
            shell
                .run("policy", "prove", "--used", "decisions.ndjson", "--fail-on", "unused")
                .code())
        .isEqualTo(1);
    assertThat(shell.run("policy", "prove", "--used", "no").code()).isEqualTo(2);
  }

  @Test
  void speaks_to_machines() throws IOException {
    change("shop.yaml", DELETE, "x-gatewarden-owner: team\n");
    assertThat(against("--format", "json").out())
        .contains("\"id\": \"widened:shop.cancelOrder\"", "\"failed\": true", "\"line\": 22");
    assertThat(against("--format", "sarif").out())
        .contains("\"version\": \"2.1.0\"", "\"ruleId\": \"widened\"", "\"level\": \"error\"");
  }
}
