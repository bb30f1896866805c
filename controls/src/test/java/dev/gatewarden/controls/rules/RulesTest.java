package dev.gatewarden.controls.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.controls.Catalog;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.testkit.cases.RuleCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulesTest {
  static List<AuditRule> rules() {
    return Catalog.RULES;
  }

  @TestFactory
  Stream<DynamicNode> finds_what_its_cases_say() {
    return rules().stream()
        .map(
            rule ->
                DynamicContainer.dynamicContainer(
                    rule.rule().id(), RuleCases.beside(rule.getClass()).tests(rule)));
  }

  @Test
  void lists_every_rule_once_and_in_order() {
    List<String> ids = rules().stream().map(each -> each.rule().id()).toList();

    assertThat(ids).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void lists_every_rule_there_is() throws IOException {
    try (var files = Files.walk(sources())) {
      List<String> written =
          files
              .filter(file -> file.toString().endsWith(".java") && isRule(file))
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .sorted()
              .toList();

      assertThat(rules().stream().map(each -> each.getClass().getSimpleName()).sorted())
          .containsExactlyElementsOf(written);
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void has_a_bad_contract_and_a_good_one(AuditRule rule) {
    RuleCases cases = RuleCases.beside(rule.getClass());

    assertThat(cases.bad()).isNotEmpty();
    assertThat(cases.good()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void says_what_why_and_how(AuditRule rule) {
    Rule said = rule.rule();

    assertThat(said.id()).matches("[a-z0-9]+(-[a-z0-9]+)+");
    assertThat(said.title()).matches("(?s)\\S.{8,}[^.]");
    assertThat(said.why()).matches("(?s)[A-Z`].{20,}[^.]");
    assertThat(said.remedy()).matches("(?s)[^A-Z ].{8,}[^.]");
    assertThat(said.cwe()).isPositive();
  }

  private static boolean isRule(Path file) {
    try {
      return Files.readString(file).contains("\n@Rule(");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Path sources() {
    return Path.of(System.getProperty("gatewarden.root", ".."))
        .resolve("controls/src/main/java/dev/gatewarden/controls/rules");
  }
}
