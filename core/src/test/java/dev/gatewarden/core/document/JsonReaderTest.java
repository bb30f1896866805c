package dev.gatewarden.core.document;

import static dev.gatewarden.core.document.Texts.problems;
import static dev.gatewarden.core.document.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.Corpora;
import dev.gatewarden.core.Ratchets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonReaderTest {

  @Test
  void tells_where_each_value_stands() {
    Node.Obj root =
        (Node.Obj) read("a.json", "{\n  \"ä\": [1,\r\n \"x\"], \"b/~c\": {\"d\": null}}");

    Node.Member list = root.members().get("ä");
    assertThat(list.namePlace()).hasToString("a.json:2:3");
    assertThat(list.value().place()).hasToString("a.json:2:8");
    Node item = ((Node.Arr) list.value()).items().get(1);
    assertThat(item.place()).hasToString("a.json:3:2");
    assertThat(item.place().pointer()).isEqualTo("/ä/1");
    Node deep = ((Node.Obj) root.members().get("b/~c").value()).members().get("d").value();
    assertThat(deep.place()).hasToString("a.json:3:22");
    assertThat(deep.place().pointer()).isEqualTo("/b~1~0c/d");
  }

  @Test
  void counts_columns_in_characters() {
    Node.Arr root = (Node.Arr) read("a.json", "[\"äö€😀\", true]");

    assertThat(root.items().get(1).place().column()).isEqualTo(10);
  }

  @Test
  void keeps_numbers_as_written() {
    Node.Arr root = (Node.Arr) read("a.json", "[0.10, -1E+2, 12345678901234567890]");

    assertThat(root.items())
        .extracting(each -> ((Node.Num) each).literal())
        .containsExactly("0.10", "-1E+2", "12345678901234567890");
  }

  @Test
  void unescapes() {
    Node.Arr root = (Node.Arr) read("a.json", "[\"\\u00e4\\ud83d\\ude00\\n\\/\\\"\\\\\"]");

    assertThat(((Node.Text) root.items().getFirst()).value()).isEqualTo("ä😀\n/\"\\");
  }

  @Test
  void reports_every_repeated_name_at_once() {
    assertThat(problems("a.json", "{\"a\":1,\n \"\\u0061\":2,\n \"b\":{\"c\":1,\"c\":2}}"))
        .containsExactly(
            "a.json:2:2: `a` is written twice; it stands already in line 1, column 2",
            "a.json:3:13: `c` is written twice; it stands already in line 3, column 7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "{\"a\" 1}|a.json:1:6: `:` should follow the name, not `1`",
        "[1 2]|a.json:1:4: `,` or `]` should stand here, not `2`",
        "[1,]|a.json:1:4: a value should stand here, not `]`",
        "{\"a\":1,}|a.json:1:8: a name in quotes should stand here, not `}`",
        "{\"a\":tru}|a.json:1:6: a value should stand here; words are `true`, `false` and `null`",
        "[01]|a.json:1:3: `,` or `]` should stand here, not `1`",
        "[-]|a.json:1:3: a digit should follow the sign",
        "[1.]|a.json:1:4: a digit should follow the point",
        "[1e]|a.json:1:4: a digit should follow the exponent",
        "[1e9999999]|a.json:1:2: the number is out of all bounds",
        "[\"\\x\"]|a.json:1:3: this is no escape that JSON knows",
        "[\"\\ud800\"]|a.json:1:3: half of a surrogate pair stands alone",
        "[\"a|a.json:1:4: the text ends inside a string",
        "[|a.json:1:2: the text ends where a value should stand",
        "{} x|a.json:1:4: something follows the end of the document: `x`",
      })
  void says_what_is_wrong_and_where(String text, String problem) {
    assertThat(problems("a.json", text)).containsExactly(problem);
  }

  @Test
  void bounds_depth_size_and_number_of_values() {
    Bounds bounds = new Bounds(40, 3, 5);
    DocumentReader reader = new DocumentReader(bounds);

    assertThat(reader.read(Texts.origin("a.json"), "[[[]]]".getBytes())).isNotNull();
    assertRefused(reader, "[[[[]]]]", "nested deeper than 3 levels");
    assertThat(reader.read(Texts.origin("a.json"), "[1,2,3,4]".getBytes())).isNotNull();
    assertRefused(reader, "[1,2,3,4,5]", "more than 5 values");
    assertThat(reader.read(Texts.origin("a.json"), " ".repeat(38).concat("[]").getBytes()))
        .isNotNull();
    assertRefused(reader, " ".repeat(39).concat("[]"), "larger than 40 bytes");
  }

  private static void assertRefused(DocumentReader reader, String text, String why) {
    Assertions.assertThrows(
        ProblemsException.class, () -> reader.read(Texts.origin("a.json"), text.getBytes()));
    try {
      reader.read(Texts.origin("a.json"), text.getBytes());
    } catch (ProblemsException wrong) {
      assertThat(wrong).hasMessageContaining(why);
    }
  }

  @Test
  void agrees_with_the_parsing_corpus() {
    List<String> wrong = new ArrayList<>();
    int right = 0;
    for (Path file : Corpora.files("json-parsing/test_parsing")) {
      String name = file.getFileName().toString();
      boolean refused = !problems("a.json", Corpora.bytes(file)).isEmpty();
      // a repeated name is a second reading of the same document
      boolean repeats = name.startsWith("y_object_duplicated_key");
      if (name.startsWith("i_") || refused == (name.startsWith("n_") || repeats)) {
        right++;
      } else {
        wrong.add(name);
      }
    }
    assertThat(wrong).isEmpty();
    Ratchets.note("document.json-parsing", right);
  }

  @Test
  void reads_thirteen_megabytes_in_little_time_and_memory() {
    byte[] text = Corpora.bytes(Corpora.at("openapi/github.json"));

    Node root = Assertions.assertTimeout(Duration.ofSeconds(20), () -> read("github.json", text));

    assertThat(((Node.Obj) root).get("paths")).isInstanceOf(Node.Obj.class);
  }
}
