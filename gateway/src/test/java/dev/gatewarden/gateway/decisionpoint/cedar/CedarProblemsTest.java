package dev.gatewarden.gateway.decisionpoint.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said to operators whose policies do not load.
class CedarProblemsTest {
  @TempDir Path folder;

  @Test
  void names_the_line_and_column_of_what_cannot_be_read() {
    assertThat(
            said(
                """
                // the first
                permit (principal, action, resource) when { principal.subject == "ä;" };

                permit (principal,
                  action == , resource);
                """))
        .contains("shop.cedar:5:13: unexpected token `,`");
  }

  @Test
  void names_an_operation_that_there_is_not() {
    assertThat(said("permit (principal, action == shop::Action::\"getOrdr\", resource);"))
        .contains(
            "shop.cedar:1:30: unrecognized action `shop::Action::\"getOrdr\"`; did you mean"
                + " `shop::Action::\"getOrder\"`?");
  }

  @Test
  void refuses_a_policy_that_can_never_apply() {
    assertThat(said("permit (principal, action, resource) when { 1 == 2 };"))
        .contains(
            "shop.cedar:1:1: policy is impossible: the policy expression evaluates to false for"
                + " all valid requests");
  }

  @Test
  void refuses_to_read_what_may_not_be_there() {
    assertThat(
            said(
                "permit (principal is User, action == shop::Action::\"getOrder\", resource)\n"
                    + "when { resource.owner == principal.subject };"))
        .contains("shop.cedar:2:8: unable to guarantee safety of access to optional attribute");
  }

  @Test
  void refuses_types_that_can_never_be_equal() {
    assertThat(said("permit (principal, action, resource) when { context.local.hour == \"9\" };"))
        .contains("shop.cedar:1:45: the types Long and String are not compatible");
  }

  @Test
  void tells_everything_at_once() {
    Policies policies = new Policies(folder, "permit (principal, action, ressource);");
    policies.write("more.cedar", "permit (principal, action == Action::\"no\", resource);");

    assertThat(policies.problems())
        .anyMatch(each -> each.startsWith("shop.cedar:1:"))
        .anyMatch(each -> each.startsWith("more.cedar:1:"));
  }

  @Test
  void refuses_two_policies_of_one_name() {
    assertThat(
            said(
                "@id(\"a\") permit (principal, action, resource);\n"
                    + "@id(\"a\") forbid (principal, action, resource);"))
        .contains("shop.cedar:2:1: a policy `a` stands at shop.cedar:1:1 already");
  }

  @Test
  void refuses_a_template_that_nothing_fills() {
    assertThat(said("@id(\"t\") permit (principal == ?principal, action, resource);"))
        .contains("shop.cedar:1:1: template `t` has no effect: nothing fills its slots");
  }

  @Test
  void refuses_a_link_to_no_template_or_of_no_entity() {
    String template = "@id(\"t\") permit (principal == ?principal, action, resource);";

    assertThat(
            new Policies(folder, template)
                .link(new CedarSettings.Link("u", "l", "User::\"corp/a\"", null))
                .problems())
        .anyMatch(each -> each.contains("`u` is no template"));
    assertThat(
            new Policies(folder, template)
                .link(new CedarSettings.Link("t", "l", "corp/a", null))
                .problems())
        .anyMatch(each -> each.contains("`corp/a` is no entity"));
    assertThat(
            new Policies(folder, template)
                .link(new CedarSettings.Link("t", "l", null, null))
                .problems())
        .isNotEmpty();
  }

  @Test
  void refuses_files_without_a_policy_and_patterns_without_a_file() {
    assertThat(said("// nothing yet")).contains("nobody may do anything");
    CedarSettings settings = new Policies(folder, "").settings();
    CedarSettings elsewhere =
        new CedarSettings(
            settings.folder(),
            settings.place(),
            List.of("policies/*.cedar"),
            List.of(),
            null,
            null,
            List.of(),
            java.util.Map.of(),
            List.of());

    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> CedarLoader.load(elsewhere, List.of(Policies.contract())))
        .hasMessageContaining(
            "gatewarden.yaml:7:3: `policies/*.cedar` finds no file; name the files that hold"
                + " policies");
  }

  @Test
  void refuses_entities_that_requests_tell_of_and_entities_of_no_type() {
    String all = "permit (principal, action, resource);";

    assertThat(
            new Policies(folder, all)
                .entities(
                    "[{\"uid\":{\"type\":\"User\",\"id\":\"corp/a\"},\"attrs\":{},\"parents\":[]}]")
                .problems())
        .anyMatch(each -> each.contains("is known from requests alone"));
    assertThat(
            new Policies(folder, all)
                .entities(
                    "[{\"uid\":{\"type\":\"Team\",\"id\":\"a\"},\"attrs\":{},\"parents\":[]}]")
                .problems())
        .anyMatch(each -> each.startsWith("entities.json:1:1: "));
    assertThat(new Policies(folder, all).entities("{").problems()).isNotEmpty();
  }

  @Test
  void judges_policies_by_the_operators_own_schema_where_there_is_one() {
    String derived =
        CedarPoint.schema(new Policies(folder, "").settings(), List.of(Policies.contract()));

    assertThat(
            new Policies(folder, "permit (principal, action, resource);")
                .schema(derived)
                .problems())
        .isEmpty();
    assertThat(
            new Policies(folder, "permit (principal, action, resource);")
                .schema(derived.replace("subject: String", "subject: Long"))
                .problems())
        .anyMatch(each -> each.startsWith("shop.cedarschema:1:1: the schema does not admit"));
    assertThat(
            new Policies(folder, "permit (principal, action, resource);")
                .schema("entity User {\n  a: ;")
                .problems())
        .anyMatch(each -> each.startsWith("shop.cedarschema:2:6: "));
    assertThat(
            new Policies(folder, "permit (principal, action, resource);")
                .schema(derived.replace("\"deleteOrder\"", "\"dropOrder\""))
                .problems())
        .anyMatch(each -> each.contains("shop.deleteOrder"));
  }

  private String said(String policies) {
    return String.join("\n", new Policies(folder, policies).problems());
  }
}
