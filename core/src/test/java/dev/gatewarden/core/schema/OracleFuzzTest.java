package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.Corpora;
import dev.gatewarden.core.Ratchets;
import dev.gatewarden.core.document.Documents;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.document.References;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The engine and another validator, on the same schemas and mutated documents.
///
/// A tenth of it runs each time; all of it with `gatewarden.nightly`. The seed is fixed unless
/// `gatewarden.seed` says otherwise, and told with each disagreement.
@Tag("long")
class OracleFuzzTest {
  private static final boolean NIGHTLY = Boolean.getBoolean("gatewarden.nightly");
  private static final int TIMES = NIGHTLY ? 10 : 1;
  private static final long SEED = Long.getLong("gatewarden.seed", 20_260_101L);
  private static final Bounds WIDE =
      Bounds.DEFAULT.keys(100_000).items(100_000).depth(200).exponent(100_000);

  private final Disagreements disagreements = Disagreements.known();
  private final Visit visit = new Visit(SEED);
  private int judged;
  private int valid;
  private int skipped;
  private int gaveUp;

  /// A schema as both understand it.
  private record Pair(
      String title, Node tree, String text, Dialect dialect, Schema schema, Oracle oracle) {}

  @Test
  void agrees_on_schemas_made_at_random() {
    Dialect[] dialects = {
      Dialect.DRAFT_2020_12, Dialect.DRAFT_7, Dialect.DRAFT_4, Dialect.OPENAPI_3_0
    };
    for (int i = 0; judged < 40_000 * TIMES; i++) {
      long seed = SEED + i;
      Random random = new Random(seed);
      Dialect dialect = dialects[i % dialects.length];
      RandomSchemas schemas = new RandomSchemas(random, dialect);
      String text = schemas.schema();
      Node tree = Texts.tree(text);
      Pair pair = pair("random " + seed, tree, text, Options.of(dialect).bounds(WIDE));
      if (pair == null) {
        continue;
      }
      Mutations mutations = new Mutations(tree);
      for (int k = 0; k < 5; k++) {
        String document = schemas.value(3);
        compare(pair, document);
        Node seen = Texts.tree(document);
        for (int m = 0; m < 5; m++) {
          compare(pair, mutations.of(seen, random));
        }
      }
    }
    finish("random");
  }

  @Test
  void agrees_on_the_schemas_of_the_suite() {
    Map<String, Dialect> drafts =
        Map.of(
            "draft2020-12", Dialect.DRAFT_2020_12,
            "draft2019-09", Dialect.DRAFT_2019_09,
            "draft7", Dialect.DRAFT_7,
            "draft4", Dialect.DRAFT_4);
    for (String draft : drafts.keySet().stream().sorted().toList()) {
      groups(draft, Options.of(drafts.get(draft)).assertFormats(false));
    }
    finish("suite");
  }

  @Test
  void agrees_on_formats() {
    groups("draft2020-12/optional/format", Options.of(Dialect.DRAFT_2020_12));
    groups("draft7/optional/format", Options.of(Dialect.DRAFT_7));
    groups("draft4/optional/format", Options.of(Dialect.DRAFT_4));
    finish("formats");
  }

  private void groups(String folder, Options options) {
    for (Path file : Corpora.files("json-schema-test-suite/tests/" + folder)) {
      for (Node group : ((Node.Arr) tree(file)).items()) {
        String title =
            folder + "/" + file.getFileName() + ": " + text((Node.Obj) group, "description");
        group((Node.Obj) group, title, options.bounds(WIDE).references(this::remote));
      }
    }
  }

  private void group(Node.Obj group, String title, Options options) {
    String text = Texts.json(group.get("schema"));
    Pair pair = pair(title, Texts.tree(text), text, options);
    if (pair == null) {
      return;
    }
    List<Node> tests = ((Node.Arr) group.get("tests")).items();
    Random random = new Random(SEED ^ title.hashCode());
    Mutations mutations = new Mutations(pair.tree());
    for (Node test : tests) {
      Node data = ((Node.Obj) test).get("data");
      compare(pair, Texts.json(data));
      for (int i = 0; i < 12 * TIMES; i++) {
        compare(pair, mutations.of(data, random));
      }
    }
  }

  @Test
  void agrees_on_a_large_contract_and_its_examples() {
    Path file = Corpora.at("openapi/github.json");
    URI address = URI.create("https://contracts.example/github.json");
    byte[] text = Corpora.bytes(file);
    Documents documents =
        new Documents(
            asked -> text,
            dev.gatewarden.core.document.Bounds.DEFAULT,
            new Place.Origin(address, "github.json"),
            Set.of());
    Node.Obj root = (Node.Obj) documents.root();
    SchemaCompiler compiler =
        new SchemaCompiler(Options.of(Dialect.OPENAPI_3_0).bounds(WIDE).references(documents));
    List<Example> examples = new ArrayList<>();
    collect(root.get("paths"), root, examples);
    Random random = new Random(SEED);
    Collections.shuffle(examples, random);
    for (int next = 0; judged < 8_000 * TIMES; next++) {
      Example example = examples.get(next % examples.size());
      Node node = example.schema();
      String alone = alone(node, root);
      Pair pair =
          new Pair(
              node.place().pointer(),
              node,
              alone,
              Dialect.OPENAPI_3_0,
              compiler.compile(node, List.of()),
              oracle(alone, Options.of(Dialect.OPENAPI_3_0)));
      Mutations mutations = new Mutations(example.value());
      compare(pair, Texts.json(example.value()));
      for (int i = 0; i < 24; i++) {
        compare(pair, mutations.of(example.value(), random));
      }
    }
    finish("github");
  }

  private record Example(Node schema, Node value) {}

  /// A schema of the contract with the components it needs, and none of the other thousands.
  private static String alone(Node schema, Node.Obj root) {
    Node.Obj schemas = (Node.Obj) ((Node.Obj) root.get("components")).get("schemas");
    Map<String, String> needed = new LinkedHashMap<>();
    need(schema, schemas, needed);
    List<String> components = new ArrayList<>();
    needed.forEach((name, text) -> components.add(Texts.quoted(name) + ":" + text));
    return "{\"allOf\":["
        + Texts.json(schema)
        + "],\"components\":{\"schemas\":{"
        + String.join(",", components)
        + "}}}";
  }

  private static void need(Node node, Node.Obj schemas, Map<String, String> needed) {
    switch (node) {
      case Node.Obj object -> {
        if (object.get("$ref") instanceof Node.Text(Place _, String reference)
            && reference.startsWith("#/components/schemas/")) {
          String name = reference.substring("#/components/schemas/".length()).split("/", -1)[0];
          if (needed.putIfAbsent(name, "") == null) {
            needed.put(name, Texts.json(schemas.get(name)));
            need(schemas.get(name), schemas, needed);
          }
        }
        object.entries().forEach(member -> need(member.value(), schemas, needed));
      }
      case Node.Arr(Place _, List<Node> items) ->
          items.forEach(item -> need(item, schemas, needed));
      default -> {}
    }
  }

  private static void collect(Node node, Node.Obj root, List<Example> examples) {
    switch (node) {
      case Node.Obj object -> {
        Node schema = object.get("schema");
        if (schema != null && object.get("examples") instanceof Node.Obj named) {
          for (Node.Member entry : named.entries()) {
            Node value = value(entry.value(), root);
            if (value != null) {
              examples.add(new Example(schema, value));
            }
          }
        } else {
          object.entries().forEach(member -> collect(member.value(), root, examples));
        }
      }
      case Node.Arr(Place _, List<Node> items) ->
          items.forEach(item -> collect(item, root, examples));
      case null, default -> {}
    }
  }

  private static Node value(Node example, Node.Obj root) {
    Node.Obj object = (Node.Obj) example;
    if (object.get("$ref") instanceof Node.Text(Place _, String reference)) {
      Node found = root;
      for (String token : reference.substring(2).split("/", -1)) {
        found = ((Node.Obj) found).get(token);
      }
      object = (Node.Obj) found;
    }
    return object.get("value");
  }

  private Pair pair(String title, Node tree, String text, Options options) {
    try {
      Schema schema = SchemaCompiler.compile(tree, options);
      return new Pair(title, tree, text, options.dialect(), schema, oracle(text, options));
    } catch (ProblemsException ours) {
      skipped++;
      return null;
    } catch (com.networknt.schema.SchemaException theirs) {
      skipped++;
      return null;
    }
  }

  private static Oracle oracle(String text, Options options) {
    Map<String, String> known = new HashMap<>();
    String address = "https://schemas.example/it";
    known.put(address, text);
    Function<String, String> remotes = asked -> known.computeIfAbsent(asked, OracleFuzzTest::read);
    return Oracle.family(options.dialect(), options.assertFormats(), remotes).apply(address);
  }

  private void compare(Pair pair, String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    boolean ours = pair.schema().judge(bytes, 0, bytes.length, visit) == Schema.VALID;
    Oracle.Answer theirs = pair.oracle().judge(json);
    judged++;
    valid += ours ? 1 : 0;
    if (theirs == Oracle.Answer.GAVE_UP) {
      gaveUp++;
    } else if (ours != (theirs == Oracle.Answer.VALID)) {
      List<Violation> told =
          pair.schema().explain(bytes, 0, bytes.length, new Visit(1), Violation.Limits.DEFAULT);
      disagreements.note(
          pair.title(),
          pair.dialect(),
          ours
              ? "they refuse " + pair.oracle().reason(json)
              : "we refuse " + told.getFirst().error(),
          pair.text(),
          Texts.json(Texts.tree(json)));
    }
  }

  private void finish(String name) {
    if (System.getProperty("gatewarden.show") != null) {
      System.out.println(
          name
              + ": "
              + judged
              + " judged, "
              + valid
              + " valid, "
              + skipped
              + " schemas skipped, "
              + gaveUp
              + " given up, "
              + disagreements);
    }
    if (!NIGHTLY) {
      Ratchets.note("oracle." + name, judged);
    }
    assertThat(disagreements.unclassified()).as("seed " + SEED).isEmpty();
  }

  private References.Resolution remote(String reference, Place from) {
    String text = read(reference);
    return text == null
        ? new References.Resolution.Missing(new Problem(from, "no `" + reference + "`"))
        : new References.Resolution.Found(
            remotes.computeIfAbsent(
                reference,
                key ->
                    Texts.tree(
                        new Place.Origin(URI.create(key), "remote.json"),
                        text.getBytes(StandardCharsets.UTF_8))));
  }

  private final Map<String, Node> remotes = new HashMap<>();

  private static String read(String address) {
    String prefix = "http://localhost:1234/";
    if (!address.startsWith(prefix)) {
      return null;
    }
    Path file =
        Corpora.at("json-schema-test-suite/remotes").resolve(address.substring(prefix.length()));
    return Files.exists(file) ? new String(Corpora.bytes(file), StandardCharsets.UTF_8) : null;
  }

  private static Node tree(Path file) {
    return Texts.tree(
        new Place.Origin(file.toUri(), file.getFileName().toString()), Corpora.bytes(file));
  }

  private static String text(Node.Obj node, String name) {
    return ((Node.Text) node.get(name)).value();
  }
}
