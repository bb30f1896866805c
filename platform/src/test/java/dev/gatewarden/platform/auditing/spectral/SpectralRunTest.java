package dev.gatewarden.platform.auditing.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Documents;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.document.Sources;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.core.finding.Severity;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpectralRunTest {
  private final Map<String, String> files = new LinkedHashMap<>();

  private final Sources sources =
      address -> {
        String text = files.get(address.getPath().substring(1));
        if (text == null) {
          throw new IOException("there is no such file");
        }
        return text.getBytes(StandardCharsets.UTF_8);
      };

  private List<Finding> findings() {
    Documents documents = new Documents(sources, Bounds.DEFAULT, origin("shop.yaml"), Set.of());
    Node document = documents.root();
    Ruleset ruleset = RulesetReader.read(sources, origin("rules.yaml"), document);
    return new SpectralRun(document, documents, List.of()).findings(ruleset);
  }

  private static Origin origin(String name) {
    return new Origin(URI.create("file:/" + name), name);
  }

  private List<String> told(String contract, String rules) {
    files.put("shop.yaml", contract);
    files.put("rules.yaml", rules);
    return findings().stream()
        .flatMap(
            each ->
                each.spots().stream()
                    .map(
                        spot ->
                            each.control().substring("spectral:".length())
                                + " "
                                + spot.place()
                                + " "
                                + each.message()))
        .toList();
  }

  private void refuses(String rules, String... words) {
    assertThatThrownBy(() -> told("openapi: 3.0.0", rules))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContainingAll(words);
  }

  /// Each function with a value that it lets pass, and a neighbour that it does not.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "alphabetical|{}|[a, b, C]|[a, C, b]",
        "alphabetical|{}|{a: 1, b: 2}|{b: 1, a: 2}",
        "alphabetical|{keyedBy: name}|[{name: a}, {name: b}]|[{name: b}, {name: a}]",
        "casing|{type: flat}|verylongname|veryLong",
        "casing|{type: camel}|veryLongName2|VeryLong",
        "casing|{type: camel, disallowDigits: true}|veryLong|veryLong2",
        "casing|{type: pascal}|VeryLongName|veryLong",
        "casing|{type: kebab}|very-long-name|very_long",
        "casing|{type: cobol}|VERY-LONG|VERY_LONG",
        "casing|{type: snake}|very_long_name|very__long",
        "casing|{type: macro}|VERY_LONG|VERY-LONG",
        "casing|{type: pascal, separator: {char: '-'}}|X-YourMighty-Header|X-your",
        "casing|{type: camel, separator: {char: /, allowLeading: true}}|/path/toThe|/path/ToThe",
        "casing|{type: camel, separator: {char: /}}|path/toThe|/path/toThe",
        "defined|{}|null|",
        "undefined|{}||null",
        "truthy|{}|a|''",
        "truthy|{}|[]|0",
        "falsy|{}|''|a",
        "falsy|{}||{}",
        "enumeration|{values: [1, a]}|a|b",
        "enumeration|{values: [1, a]}|1.0|2",
        "length|{min: 1, max: 2}|[a, b]|[a, b, c]",
        "length|{min: 1, max: 2}|{a: 1}|{}",
        "length|{max: 2}|ab|abc",
        "length|{min: 5}|5|4.9",
        "or|{properties: [a, b]}|{b: 1}|{c: 1}",
        "xor|{properties: [a, b]}|{b: 1}|{a: 1, b: 1}",
        "xor|{properties: [a, b]}|{a: 1}|{c: 1}",
        "pattern|{match: ^https}|https://a|http://a",
        "pattern|{match: /^HTTPS/i}|https://a|http://a",
        "pattern|{notMatch: '/$'}|/a|/a/",
        "pattern|{match: '^(?!x-)'}|a|x-a",
        "schema|{schema: {type: array, minItems: 1}}|[a]|[]",
        "schema|{schema: {$ref: '#/definitions/t', definitions: {t: {type: string}}}}|a|1",
        "schema|{schema: {type: number, exclusiveMinimum: true, minimum: 1}, dialect: draft4}|2|1",
        "typedEnum|{}|{type: string, enum: [a]}|{type: string, enum: [1]}",
        "typedEnum|{}|{type: string, nullable: true, enum: [null]}|{type: string, enum: [null]}"
      })
  void a_function_lets_one_pass_and_not_its_neighbour(
      String function, String options, String good, String bad) {
    String rules =
        "rules: {r: {given: $, message: '{{error}}', then: {field: x, function: %s,"
                .formatted(function)
            + " functionOptions: %s}}}".formatted(options);

    assertThat(told(holding(good), rules)).isEmpty();
    assertThat(told(holding(bad), rules)).hasSize(1);
  }

  private static String holding(String value) {
    return "openapi: 3.0.0\n" + (value == null ? "" : "x: " + value + "\n");
  }

  @Test
  void what_no_reference_leads_to_is_found_at_its_place() {
    String contract =
        """
        openapi: 3.0.0
        components:
          schemas:
            used: {type: string}
            left: {type: string}
            list: {items: {$ref: '#/components/schemas/used'}}
        x: {$ref: '#/components/schemas/list'}
        """;

    assertThat(
            told(
                contract,
                """
                rules:
                  unused:
                    given: $.components.schemas
                    resolved: false
                    message: "{{property}} at {{path}}"
                    then:
                      function: unreferencedReusableObject
                      functionOptions: {reusableObjectsLocation: '#/components/schemas'}
                """))
        .containsExactly("unused shop.yaml:5:11 left at #/components/schemas/left");
  }

  @Test
  void references_are_followed_and_the_definition_is_the_place() {
    String contract =
        """
        openapi: 3.0.0
        paths:
          /a: {get: {schema: {$ref: '#/components/schemas/tree'}}}
        components:
          schemas:
            tree: {properties: {child: {$ref: '#/components/schemas/tree'}, BAD: {}}}
        """;
    String rule =
        """
        rules:
          names:
            given: $.paths..properties
            message: "{{property}} {{value}}"
            then: {field: '@key', function: casing, functionOptions: {type: camel}}
        """;

    assertThat(told(contract, rule)).containsExactly("names shop.yaml:6:69 BAD \"BAD\"");
    assertThat(told(contract, rule + "    resolved: false\n")).isEmpty();
  }

  @Test
  void what_is_missing_is_told_where_it_would_stand() {
    assertThat(
            told(
                "openapi: 3.0.0\ninfo:\n  title: a\n",
                "rules: {r: {given: $.info, description: the title, then: [{field: title, function:"
                    + " truthy}, {field: contact.email, function: truthy}]}}"))
        .containsExactly("r shop.yaml:3:3 the title");
  }

  @Test
  void rules_are_inherited_changed_and_turned_off() {
    files.put(
        "base.yaml",
        """
        rules:
          a: {given: $.x, then: {function: falsy}}
          b: {given: $.x, then: {function: falsy}, recommended: false}
          c: {given: $.x, then: {function: falsy}}
        """);
    String contract = "openapi: 3.0.0\nx: 1\n";

    assertThat(told(contract, "extends: base.yaml")).hasSize(2);
    assertThat(told(contract, "extends: [[base.yaml, all]]")).hasSize(3);
    assertThat(told(contract, "extends: [[base.yaml, off]]\nrules: {b: true}"))
        .singleElement()
        .asString()
        .startsWith("b ");
    assertThat(told(contract, "extends: [./base.yaml]\nrules: {a: off, c: 0}"))
        .singleElement()
        .asString()
        .startsWith("c ");
    assertThat(findings().getFirst().severity()).isEqualTo(Severity.HIGH);
  }

  @Test
  void formats_choose_rules_and_the_targets_of_aliases() {
    String rules =
        """
        aliases:
          Schemas:
            targets:
            - {formats: [oas2], given: ['$.definitions[*]']}
            - {formats: [oas3], given: ['$.components.schemas[*]']}
        rules:
          all: {given: '#Schemas.type', then: {function: falsy}}
          old: {given: $, formats: [oas2], then: {function: falsy}}
          new: {given: $, formats: [oas3_1], then: {function: falsy}}
        """;

    assertThat(told("swagger: '2.0'\ndefinitions: {a: {type: string}}", rules)).hasSize(2);
    assertThat(told("openapi: 3.1.0\ncomponents: {schemas: {a: {type: string}}}", rules))
        .hasSize(2);
    assertThat(told("openapi: 3.0.0\ncomponents: {schemas: {a: {type: string}}}", rules))
        .hasSize(1);
  }

  @Test
  void overrides_change_rules_for_files_and_below_pointers() {
    String contract = "openapi: 3.0.0\npaths:\n  /a: {get: {}}\n  /b: {get: {}}\n";
    String rules =
        """
        rules:
          r: {given: '$.paths[*].get', then: {field: summary, function: truthy}}
        overrides:
        - files: ['%s']
          rules: {r: %s}
        """;

    assertThat(told(contract, rules.formatted("*.yaml", "off"))).isEmpty();
    assertThat(told(contract, rules.formatted("**/shop.{json,yaml}", "off"))).isEmpty();
    assertThat(told(contract, rules.formatted("other/*.yaml", "off"))).hasSize(2);
    assertThat(told(contract, rules.formatted("**#/paths/~1a", "off"))).hasSize(1);
    told(contract, rules.formatted("shop.yaml#/paths/~1a", "error"));
    assertThat(findings().stream().map(Finding::severity))
        .containsExactly(Severity.HIGH, Severity.MEDIUM);
  }

  @Test
  void what_is_not_understood_is_told_with_its_line() {
    refuses("extends: https://example.com/r.yaml", "rules.yaml:1:10", "not fetched");
    refuses("extends: some-package", "is a package");
    refuses("extends: r.js", "written as programs");
    refuses("extends: rules.yaml", "is extended by what it extends");
    refuses("rules: {r: {given: $, then: {function: mine}}}", "rules.yaml:1:40", "JavaScript");
    refuses("rules: {r: {given: '$[?(eval(1))]', then: {function: truthy}}}", "`eval`");
    refuses("rules: {r: {given: '#A', then: {function: truthy}}}", "no alias `#A`");
    refuses("rules: {r: warn}", "there is no rule `r`");
    refuses("rules: {r: {given: $, then: {function: truthy}, severity: bad}}", "no severity");
    refuses("rules: {r: {given: $, then: {function: truthy}, formats: [oas9]}}", "no format");
    refuses(
        "rules: {r: {given: $, then: {function: schema, functionOptions: {schema: {$ref:"
            + " a.json}}}}}",
        "leads nowhere");
    refuses("except: {}", "`except` means nothing");
  }

  @Test
  void rulesets_that_unfold_without_end_are_refused() {
    StringBuilder aliases = new StringBuilder("aliases:\n  A0: ['#A0', $]\n");
    for (int i = 1; i < 30; i++) {
      aliases.append("  A%d: ['#A%d', '#A%d']\n".formatted(i, i - 1, i - 1));
    }
    refuses(
        aliases + "rules: {r: {given: '#A0', then: {function: truthy}}}", "leads back to itself");
    refuses(
        aliases.toString().replace("'#A0', $", "$")
            + "rules: {r: {given: '#A29', then: {function: truthy}}}",
        "more than 1000 paths");
  }

  @Test
  void a_rule_that_costs_too_much_is_named() {
    assertThatThrownBy(
            () ->
                told(
                    "openapi: 3.0.0\nx: " + "a".repeat(40) + "!\n",
                    "rules: {r: {given: $.x, then: {function: pattern,"
                        + " functionOptions: {match: '^(?=(a+)+$)(a+)+\\1$'}}}}"))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContainingAll("rules.yaml:1:9", "the rule `r` takes more than");
  }

  @Test
  void what_comes_with_spectral_is_said_to_be_left_out() {
    files.put("shop.yaml", "openapi: 3.0.0\n");
    files.put("rules.yaml", "extends: spectral:oas\nrules: {operation-tags: off}\n");
    Node document = new Documents(sources, Bounds.DEFAULT, origin("shop.yaml"), Set.of()).root();

    assertThat(RulesetReader.read(sources, origin("rules.yaml"), document).notes())
        .extracting(Object::toString)
        .anyMatch(each -> each.contains("`spectral:oas` is not run"))
        .anyMatch(each -> each.contains("`operation-tags` has no effect"));
  }

  @Test
  void rules_in_the_style_of_a_security_team_are_counted_on_vampi() throws IOException {
    Path vampi = corpora().resolve("openapi/vampi.yaml");
    List<String> found = told(Files.readString(vampi), TEAM);

    Map<String, Integer> counts = new LinkedHashMap<>();
    found.forEach(each -> counts.merge(each.substring(0, each.indexOf(' ')), 1, Integer::sum));
    assertThat(counts)
        .isEqualTo(
            Map.of(
                "team:api2-answers-unknown-callers", 8,
                "team:api2-write-states-security", 2,
                "team:api3-objects-closed", 5,
                "team:api4-answers-429", 14,
                "team:api4-texts-bounded", 50,
                "team:api8-https", 1,
                "team:api9-paths-versioned-or-root", 3));
  }

  private static final String TEAM =
      """
      formats: [oas3]
      aliases:
        Operations: ["$.paths[*][get,put,post,delete,patch]"]
        Answers: ["#Operations.responses"]
        Texts: ["$..[?(@ && @.type == 'string')]"]
      rules:
        team:api1-no-counted-ids:
          given: "$.paths..parameters[?(@.in == 'path' && @.name.match(/id$/i))].schema"
          then: {field: type, function: pattern, functionOptions: {notMatch: integer}}
        team:api2-answers-unknown-callers:
          given: "#Answers"
          then: {field: "401", function: truthy}
        team:api2-write-needs-security:
          given: "$.paths[*][?(['post', 'put', 'patch', 'delete'].includes(@property))]"
          severity: error
          then: {field: security, function: length, functionOptions: {min: 1}}
        team:api2-write-states-security:
          given: "$.paths[*][?(['post', 'put', 'patch', 'delete'].includes(@property))]"
          severity: error
          then: {field: security, function: defined}
        team:api3-objects-closed:
          given: "$..requestBody..schema[?(@property == 'properties')]^"
          then: {field: additionalProperties, function: defined}
        team:api4-texts-bounded:
          given: "#Texts"
          then: {function: or, functionOptions: {properties: [maxLength, enum]}}
        team:api4-answers-429:
          given: "#Answers"
          then: {field: "429", function: truthy}
        team:api8-https:
          given: "$.servers..url"
          severity: error
          then: {function: pattern, functionOptions: {match: "^https:"}}
        team:api9-paths-versioned-or-root:
          given: "$.paths[*]~"
          severity: info
          then: {function: pattern, functionOptions: {match: "/v[0-9]+(?=/|$)"}}
      """;

  private static Path corpora() {
    String named = System.getenv("GATEWARDEN_CORPORA");
    if (named != null) {
      return Path.of(named);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("shared/corpora"))) {
        return at.resolve("shared/corpora");
      }
    }
    return Assumptions.abort("corpora absent");
  }
}
