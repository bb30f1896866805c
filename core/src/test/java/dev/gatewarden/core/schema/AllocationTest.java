package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.gatewarden.core.Corpora;
import dev.gatewarden.core.document.Documents;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A valid document costs no garbage: counted in bytes that the thread allocated.
class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final String ORDER =
      """
      {"type":"object","required":["id","customer","lines","createdAt"],"properties":{
        "id":{"type":"string","format":"uuid"},"createdAt":{"type":"string","format":"date-time"},
        "due":{"format":"date"},"channel":{"enum":["web","app"]},"currency":{"pattern":"^[A-Z]{3}$"},
        "total":{"type":"number","minimum":0,"multipleOf":0.01},"note":{"type":["string","null"],"maxLength":200},
        "customer":{"type":"object","properties":{"id":{"type":"integer"},"email":{"format":"email"},
          "homepage":{"format":"uri"},"host":{"format":"hostname"},"from":{"format":"ipv4"},"six":{"format":"ipv6"},
          "wait":{"format":"duration"},"at":{"format":"json-pointer"},"key":{"format":"byte"},
          "link":{"format":"uri-template"},"opens":{"format":"time"}}},
        "lines":{"type":"array","minItems":1,"uniqueItems":true,"items":{"type":"object","properties":{
          "sku":{"pattern":"^[A-Z]{3}-[0-9]{4,8}$"},"quantity":{"type":"integer","minimum":1,"maximum":999},
          "title":{"type":"string"}}}}}}
      """;

  @Test
  void allocates_nothing_for_what_is_only_known_from_the_value() {
    Schema schema =
        new SchemaCompiler(Options.of(Dialect.DRAFT_2020_12).unknownFields(UnknownFields.OBSERVE))
            .compile(
                Texts.tree(
                    """
                    {"properties":{"id":{"format":"uuid"},"at":{"format":"date-time"},"n":{"type":"integer","multipleOf":5},
                     "price":{"multipleOf":0.01,"maximum":1e6},"tags":{"uniqueItems":true,"items":{"enum":["a","b","é"]}},
                     "code":{"pattern":"^[A-Z]{3}$"},"any":{"anyOf":[{"required":["q"]},{"required":["r"]}]},
                     "kind":{"oneOf":[{"minLength":3},{"maxLength":2}]}},"patternProperties":{"^x-":{"type":"string"}}}
                    """),
                List.of(new Mark("/id", 1)));
    nothingIsAllocated(
        schema,
        """
        {"id":"123e4567-e89b-12d3-a456-426614174000","at":"2026-01-01T00:00:00Z","n":15,"price":19.99,"tags":["a","\\u0062"],
         "code":"EUR","any":{"r":1,"deep":[{"u":1,"v":2}]},"kind":"ab","x-note":"é","unknown":{"a":1,"b":[1,2,3]}}
        """);
  }

  @Test
  void allocates_nothing_for_an_order_with_all_formats() {
    Schema schema =
        new SchemaCompiler(Options.of(Dialect.DRAFT_2020_12).unknownFields(UnknownFields.REFUSE))
            .compile(Texts.tree(ORDER), List.of(new Mark("/customer/id", 3)));
    nothingIsAllocated(schema, order(1));
  }

  @Test
  void allocates_nothing_for_a_list_of_fifty() {
    String list = "{\"type\":\"array\",\"maxItems\":200,\"items\":" + ORDER + "}";
    Schema schema =
        new SchemaCompiler(Options.of(Dialect.DRAFT_2020_12).unknownFields(UnknownFields.REFUSE))
            .compile(Texts.tree(list), List.of(new Mark("/*/id", 0)));
    nothingIsAllocated(
        schema,
        IntStream.range(0, 50)
            .mapToObj(AllocationTest::order)
            .collect(Collectors.joining(",", "[", "]")));
  }

  @Test
  void allocates_nothing_for_what_a_large_service_answers() {
    Path file = Corpora.at("openapi/github.json");
    Documents documents =
        new Documents(
            address -> Corpora.bytes(Path.of(address)),
            dev.gatewarden.core.document.Bounds.DEFAULT,
            new Place.Origin(file.toUri(), "github.json"),
            Set.of());
    SchemaCompiler compiler =
        new SchemaCompiler(
            Options.of(Dialect.OPENAPI_3_0)
                .direction(Direction.RESPONSE)
                .unknownFields(UnknownFields.OBSERVE)
                .references(documents));
    List<Mark> marks = List.of(new Mark("/id", 0), new Mark("/user/id", 1), new Mark("/*/id", 0));
    Node paths = at(documents.root(), "paths");
    Node examples = at(at(documents.root(), "components"), "examples");
    nothingIsAllocated(
        compiler.compile(answer(paths, "/repos/{owner}/{repo}/pulls/{pull_number}"), marks),
        Texts.json(at(at(examples, "pull-request"), "value"))
            // what its own schema requires in vain
            .replace("\"requested_teams\":[{", "\"requested_teams\":[{\"type\":\"enterprise\","));
    nothingIsAllocated(
        compiler.compile(answer(paths, "/issues"), marks),
        Texts.json(at(at(examples, "issue-with-repo-items"), "value")));
  }

  private static Node answer(Node paths, String path) {
    Node content = at(at(at(at(at(paths, path), "get"), "responses"), "200"), "content");
    return at(at(content, "application/json"), "schema");
  }

  private static Node at(Node node, String name) {
    return Objects.requireNonNull(((Node.Obj) node).get(name), name);
  }

  private static String order(int number) {
    return """
    {"id":"123e4567-e89b-12d3-a456-426614174000","createdAt":"2026-01-31T00:00:00.5+01:00","due":"2026-02-28",\
    "channel":"app","currency":"EUR","total":19.99,"note":null,"customer":{"id":%d,"email":"ada@example.com",\
    "homepage":"https://example.com/a?b=c#d","host":"a.example","from":"192.0.2.1","six":"2001:db8::1","wait":"P1DT2H",\
    "at":"/a/0","key":"aGk=","link":"/a{?b}","opens":"10:20:30Z"},\
    "lines":[{"sku":"ABC-1234","quantity":1,"title":"é"},{"sku":"ABC-12345","quantity":2,"title":"\\u00e9\\n"}]}
    """
        .formatted(number)
        .strip();
  }

  private static void nothingIsAllocated(Schema schema, String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    Visit visit = new Visit(11);
    long[] allocated = new long[101];
    for (int round = 0; round < allocated.length; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 20; i++) {
        if (schema.judge(bytes, 0, bytes.length, visit) != Schema.VALID) {
          throw new AssertionError(
              schema.explain(bytes, 0, bytes.length, new Visit(1), Violation.Limits.DEFAULT));
        }
      }
      allocated[round] = THREADS.getCurrentThreadAllocatedBytes() - before;
    }
    Arrays.sort(allocated);
    assertThat(allocated[allocated.length / 2]).isZero();
  }
}
