package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.Corpora;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.schema.metaschema.Metaschemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The product's own statement of the published metaschemas.
class MetaschemasTest {

  private static Schema referring(String address) {
    return Texts.schema("{'$ref':'" + address + "'}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://json-schema.org/draft-04/schema",
        "http://json-schema.org/draft-06/schema",
        "http://json-schema.org/draft-07/schema",
        "https://json-schema.org/draft/2019-09/schema",
        "https://json-schema.org/draft/2019-09/meta/core",
        "https://json-schema.org/draft/2019-09/meta/applicator",
        "https://json-schema.org/draft/2019-09/meta/validation",
        "https://json-schema.org/draft/2019-09/meta/meta-data",
        "https://json-schema.org/draft/2019-09/meta/format",
        "https://json-schema.org/draft/2019-09/meta/content",
        "https://json-schema.org/draft/2020-12/schema",
        "https://json-schema.org/draft/2020-12/meta/core",
        "https://json-schema.org/draft/2020-12/meta/applicator",
        "https://json-schema.org/draft/2020-12/meta/unevaluated",
        "https://json-schema.org/draft/2020-12/meta/validation",
        "https://json-schema.org/draft/2020-12/meta/meta-data",
        "https://json-schema.org/draft/2020-12/meta/format-annotation",
        "https://json-schema.org/draft/2020-12/meta/format-assertion",
        "https://json-schema.org/draft/2020-12/meta/content",
        "https://spec.openapis.org/oas/3.1/dialect/base",
        "https://spec.openapis.org/oas/3.1/meta/base",
      })
  void describes_itself_and_refuses_what_is_no_schema(String address) {
    Schema schema = referring(address);
    String itself = Texts.json(Metaschemas.at(address));
    assertThat(Texts.violations(schema, itself)).isEmpty();
    assertThat(Texts.valid(schema, "1")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'integer'} | {'type':'int'} | 4 6 7 9 12",
        "{'type':['null','string']} | {'type':['null','null']} | 4 6 7 9 12",
        "{'minLength':0} | {'minLength':-1} | 4 6 7 9 12",
        "{'maxItems':1.0} | {'maxItems':1.5} | 6 7 9 12",
        "{'required':['a']} | {'required':'a'} | 4 6 7 9 12",
        "{'required':['a']} | {'required':[]} | 4",
        "{'required':[]} | {'required':['a','a']} | 6 7 9 12",
        "{'multipleOf':0.1} | {'multipleOf':0} | 4 6 7 9 12",
        "{'exclusiveMaximum':true,'maximum':1} | {'exclusiveMaximum':true} | 4",
        "{'exclusiveMaximum':1} | {'exclusiveMaximum':true} | 6 7 9 12",
        "{'pattern':'a+'} | {'pattern':'+'} | 4 6 7 9 12",
        "{'allOf':[{}]} | {'allOf':[]} | 4 6 7 9 12",
        "{'not':{}} | {'not':[]} | 4 6 7 9 12",
        "{'not':{}} | {'not':true} | 4",
        "{'items':[{}]} | {'items':1} | 4 6 7 9",
        "{'items':{}} | {'items':[{}]} | 12",
        "{'properties':{'a':{'type':'null'}}} | {'properties':{'a':{'type':'nil'}}} | 4 6 7 9 12",
        "{'additionalProperties':false} | {'additionalProperties':[]} | 4 6 7 9 12",
        "{'dependencies':{'a':['b'],'c':{}}} | {'dependencies':{'a':'b'}} | 4 6 7 9 12",
        "{'if':{}} | {'if':{'type':1}} | 7 9 12",
        "{'$anchor':'a'} | {'$anchor':'1'} | 9 12",
        "{'dependentRequired':{'a':['b']}} | {'dependentRequired':{'a':{}}} | 9 12",
        "{'unevaluatedItems':{}} | {'unevaluatedItems':[]} | 9 12",
        "{'prefixItems':[{}]} | {'prefixItems':[]} | 12",
        "{'$id':'a#'} | {'$id':'a#b'} | 9 12",
        "{'minContains':0} | {'minContains':'0'} | 9 12",
        "{'readOnly':true} | {'readOnly':1} | 7 9 12",
      })
  void tells_schemas_from_what_only_looks_like_them(String good, String bad, String drafts) {
    for (String draft : drafts.split(" ")) {
      Schema schema =
          referring(
              switch (draft) {
                case "9" -> "https://json-schema.org/draft/2019-09/schema";
                case "12" -> "https://json-schema.org/draft/2020-12/schema";
                default -> "http://json-schema.org/draft-0" + draft + "/schema#";
              });
      assertThat(Texts.violations(schema, good)).as(draft).isEmpty();
      assertThat(Texts.valid(schema, bad)).as(draft + " on " + bad).isFalse();
    }
  }

  @Test
  void accepts_the_schemas_of_the_suite() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String draft : List.of("draft4", "draft7", "draft2019-09", "draft2020-12")) {
      Schema schema = referring(address(draft));
      try (Stream<Path> files = Files.walk(Corpora.at("json-schema-test-suite/tests/" + draft))) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          wrong.addAll(refused(schema, file));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static List<String> refused(Schema schema, Path file) {
    List<String> wrong = new ArrayList<>();
    Place.Origin origin = new Place.Origin(file.toUri(), file.getFileName().toString());
    for (Node group : ((Node.Arr) Texts.tree(origin, Corpora.bytes(file))).items()) {
      String json = Texts.json(((Node.Obj) group).get("schema"));
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      if (schema.judge(bytes, 0, bytes.length, new Visit(1)) != Schema.VALID) {
        wrong.add(file.getFileName() + " " + json);
      }
    }
    return wrong;
  }

  private static String address(String draft) {
    return switch (draft) {
      case "draft4" -> "http://json-schema.org/draft-04/schema#";
      case "draft7" -> "http://json-schema.org/draft-07/schema#";
      default -> "https://json-schema.org/draft/" + draft.substring(5) + "/schema";
    };
  }
}
