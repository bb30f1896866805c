package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.Corpora;
import dev.gatewarden.core.Ratchets;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.document.References;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The suite that the authors of JSON Schema publish; what is excluded stands with its reason in
/// `excluded.json`.
class SuiteTest {
  private final Map<String, Node> remotes = new HashMap<>();

  @ParameterizedTest
  @CsvSource({
    "draft2020-12, .,               required,        DRAFT_2020_12",
    "draft2020-12, optional,        optional,        DRAFT_2020_12",
    "draft2020-12, optional/format, optional-format, DRAFT_2020_12",
    "draft2019-09, .,               required,        DRAFT_2019_09",
    "draft2019-09, optional,        optional,        DRAFT_2019_09",
    "draft2019-09, optional/format, optional-format, DRAFT_2019_09",
    "draft7,       .,               required,        DRAFT_7",
    "draft7,       optional,        optional,        DRAFT_7",
    "draft7, optional/format, optional-format, DRAFT_7",
    "draft4,       .,               required,        DRAFT_4",
    "draft4,       optional,        optional,        DRAFT_4",
    "draft4, optional/format, optional-format, DRAFT_4",
  })
  void judges_every_case_of_the_suite(String draft, String folder, String name, Dialect dialect)
      throws IOException {
    Map<String, String> excluded = excluded();
    Options options =
        Options.of(dialect)
            .assertFormats(folder.startsWith("optional"))
            .bounds(Bounds.DEFAULT.keys(100_000).items(100_000))
            .references(this::remote);
    List<String> wrong = new ArrayList<>();
    int passed = 0;
    String root = "json-schema-test-suite/tests/" + draft;
    for (Path file : Corpora.files(root + "/" + folder)) {
      for (Node group : items(tree(file))) {
        String key = draft + "/" + folder.replace(".", "required") + "/" + file.getFileName();
        String title = key + ": " + text(group, "description");
        for (Node test : items(get(group, "tests"))) {
          String fault = fault(Texts.tree(Texts.json(get(group, "schema"))), test, options);
          boolean known =
              excluded.containsKey(key)
                  || excluded.containsKey(title)
                  || excluded.containsKey(title + ": " + text(test, "description"));
          if (fault.isEmpty()) {
            passed++;
          } else if (!known) {
            wrong.add(title + ": " + text(test, "description") + " -> " + fault);
          }
        }
      }
    }
    Ratchets.note("json-schema-suite." + draft + "." + name, passed);
    if (System.getProperty("gatewarden.show") != null) {
      System.out.println(draft + " " + folder + ": " + passed + " passed");
    }
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "draft2020-12, DRAFT_2020_12",
    "draft2019-09, DRAFT_2019_09",
    "draft7,       DRAFT_7",
    "draft4,       DRAFT_4"
  })
  void judges_no_pattern_wrongly_that_it_does_not_refuse(String draft, Dialect dialect) {
    Path file =
        Corpora.at("json-schema-test-suite/tests/" + draft + "/optional/ecmascript-regex.json");
    List<String> wrong = new ArrayList<>();
    for (Node group : items(tree(file))) {
      for (Node test : items(get(group, "tests"))) {
        String fault = fault(get(group, "schema"), test, Options.of(dialect));
        if (fault.startsWith("is ") || fault.startsWith("explained")) {
          wrong.add(text(group, "description") + ": " + text(test, "description"));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static String fault(Node schema, Node test, Options options) {
    boolean expected = get(test, "valid") instanceof Node.Bool(Place _, boolean value) && value;
    byte[] json = Texts.json(get(test, "data")).getBytes(StandardCharsets.UTF_8);
    try {
      Schema compiled = SchemaCompiler.compile(schema, options);
      boolean valid = compiled.judge(json, 0, json.length, new Visit(1)) == Schema.VALID;
      List<Violation> told =
          compiled.explain(json, 0, json.length, new Visit(1), Violation.Limits.DEFAULT);
      if (valid != told.isEmpty()) {
        return "explained otherwise: " + told;
      }
      return valid == expected ? "" : "is " + valid;
    } catch (ProblemsException e) {
      return "not compiled: " + e.getMessage();
    }
  }

  private References.Resolution remote(String reference, Place from) {
    String prefix = "http://localhost:1234/";
    if (reference.startsWith(prefix)) {
      Path file =
          Corpora.at("json-schema-test-suite/remotes")
              .resolve(reference.substring(prefix.length()));
      if (Files.exists(file)) {
        return new References.Resolution.Found(
            remotes.computeIfAbsent(reference, key -> tree(URI.create(key), file)));
      }
    }
    return new References.Resolution.Missing(new Problem(from, "no `" + reference + "`"));
  }

  private static Map<String, String> excluded() throws IOException {
    Map<String, String> excluded = new LinkedHashMap<>();
    try (var in = SuiteTest.class.getResourceAsStream("/excluded.json")) {
      Node.Obj list =
          (Node.Obj)
              get(Texts.tree(new String(in.readAllBytes(), StandardCharsets.UTF_8)), "json-schema");
      list.entries().forEach(entry -> excluded.put(entry.name(), Texts.json(entry.value())));
    }
    return excluded;
  }

  private static Node tree(Path file) {
    return tree(file.toUri(), file);
  }

  private static Node tree(URI address, Path file) {
    return Texts.tree(
        new Place.Origin(address, file.getFileName().toString()), Corpora.bytes(file));
  }

  private static List<Node> items(Node node) {
    return ((Node.Arr) node).items();
  }

  private static Node get(Node node, String name) {
    return ((Node.Obj) node).get(name);
  }

  private static String text(Node node, String name) {
    return ((Node.Text) get(node, name)).value();
  }
}
