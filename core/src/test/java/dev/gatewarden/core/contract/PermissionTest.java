package dev.gatewarden.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PermissionTest {

  private static Contracts saying(String permission, String security) {
    return Contracts.paths(
        """
        paths:
          /refund:
            post:
              operationId: refund
              x-gatewarden-permission: %s
              security: %s
              x-gatewarden-object: {none: a test}
              responses: {'204': {description: x}}
        components: {securitySchemes: {bearer: {type: http, scheme: bearer}}}
        """
            .formatted(permission, security));
  }

  private static List<String> problems(String permission) {
    return saying(permission, "[{bearer: []}]").problems();
  }

  private static List<String> roles(Contract contract, String operation) {
    Permission asked = Permission.in(contract.operation(operation).extensions());
    return asked == null ? List.of() : asked.roles();
  }

  @Test
  void reads_the_roles_of_which_one_will_do() {
    Contract read = saying("{roles: [support, admin]}", "[{bearer: []}]").read();
    assertThat(roles(read, "refund")).containsExactly("support", "admin");
    assertThat(roles(saying("none", "[]").read(), "refund")).isEmpty();
  }

  @Test
  void refuses_what_asks_for_nobody_or_in_other_words() {
    assertThat(problems("{}"))
        .containsExactly(
            "shop.yaml:8:32: `x-gatewarden-permission` asks for nothing; write `{roles: [support,"
                + " admin]}`, or `none`");
    assertThat(problems("[support]")).singleElement().asString().contains("not a list");
    assertThat(problems("{roles: []}")).singleElement().asString().contains("names nobody");
    assertThat(problems("{roles: support}")).singleElement().asString().contains("not a text");
    assertThat(problems("{roles: [{a: b}]}")).singleElement().asString().contains("not a map");
    assertThat(problems("{roles: ['']}")).singleElement().asString().contains("a role is a text");
    assertThat(problems("{roles: [a, a]}")).singleElement().asString().contains("twice");
    assertThat(problems("{roles: ['role:a']}")).singleElement().asString().contains("write `a`");
    assertThat(problems("{role: [a]}")).anyMatch(each -> each.contains("did you mean `roles`?"));
    assertThat(problems("nobody")).singleElement().asString().contains("a map or `none`");
  }

  @Test
  void refuses_to_ask_a_role_of_somebody_who_proves_nothing() {
    assertThat(saying("{roles: [a]}", "[{bearer: []}, {}]").problems())
        .singleElement()
        .asString()
        .contains("`refund` asks for a role and lets callers in who prove nothing");
    assertThat(saying("{roles: [a]}", "[]").problems()).hasSize(1);
  }

  @Test
  void the_operation_goes_before_the_path_and_the_path_before_the_contract() {
    Contract read =
        Contracts.of(
                """
                openapi: 3.1.0
                info: {title: Shop, version: 1}
                security: [{bearer: []}]
                x-gatewarden-permission: {roles: [staff]}
                paths:
                  /a:
                    get: {operationId: a, responses: {'204': {description: x}}}
                  /b:
                    x-gatewarden-permission: {roles: [admin]}
                    get: {operationId: b, responses: {'204': {description: x}}}
                    put: {operationId: c, x-gatewarden-permission: {roles: [root]}, responses: {'204': {description: x}}}
                    post: {operationId: d, security: [], x-gatewarden-permission: none, responses: {'204': {description: x}}}
                components: {securitySchemes: {bearer: {type: http, scheme: bearer}}}
                """)
            .read();
    assertThat(roles(read, "a")).containsExactly("staff");
    assertThat(roles(read, "b")).containsExactly("admin");
    assertThat(roles(read, "c")).containsExactly("root");
    assertThat(roles(read, "d")).isEmpty();
  }

  @Test
  void an_overlay_may_say_it() {
    Contracts bare = saying("none", "[{bearer: []}]");
    Contract read =
        bare.file("roles.overlay.yaml", "permissions: {refund: {roles: [support]}}\n").read();
    assertThat(roles(read, "refund")).containsExactly("support");
    Contract actions =
        saying("none", "[{bearer: []}]")
            .file(
                "roles.overlay.yaml",
                "overlay: 1.0.0\nactions: [{target: '$.paths[''/refund''].post', update:"
                    + " {x-gatewarden-permission: {roles: [support]}}}]\n")
            .read();
    assertThat(roles(actions, "refund")).containsExactly("support");
  }

  @Test
  void an_overlay_for_an_operation_that_is_not_there_is_refused() {
    assertThat(
            saying("none", "[{bearer: []}]")
                .file("roles.overlay.yaml", "permissions: {refunds: {roles: [support]}}\n")
                .problems())
        .singleElement()
        .asString()
        .contains("there is no operation `refunds`")
        .contains("did you mean `refund`?");
  }

  @Test
  void refuses_to_stand_where_it_guards_nothing() {
    String schema =
        "components: {securitySchemes: {bearer: {type: http, scheme: bearer}}, schemas: {A: {type:"
            + " object, x-gatewarden-permission: {roles: [a]}}}}";
    assertThat(Contracts.paths("paths: {}\n" + schema).problems())
        .singleElement()
        .asString()
        .contains("has no effect here");
    assertThat(
            Contracts.paths(
                    "paths: {}\ncomponents: {x-gatewarden-permission: {roles: [a]}, responses: {}}")
                .problems())
        .singleElement()
        .asString()
        .contains("no effect under `components`");
  }

  @Test
  void says_where_a_role_is_nearly_like_another() {
    Contract read =
        Contracts.of(
                """
                openapi: 3.1.0
                info: {title: Shop, version: 1}
                security: [{bearer: []}]
                paths:
                  /a:
                    get: {operationId: a, x-gatewarden-permission: {roles: [support]}, responses: {'204': {description: x}}}
                  /b:
                    get: {operationId: b, x-gatewarden-permission: {roles: [support]}, responses: {'204': {description: x}}}
                  /c:
                    get: {operationId: c, x-gatewarden-permission: {roles: [suport]}, responses: {'204': {description: x}}}
                components: {securitySchemes: {bearer: {type: http, scheme: bearer}}}
                """)
            .read();
    assertThat(read.warnings().stream().map(Object::toString))
        .singleElement()
        .asString()
        .contains("`suport` is named nowhere else")
        .contains("did you mean `support`?");
  }
}
