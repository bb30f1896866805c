package dev.gatewarden.core.document;

import static dev.gatewarden.core.document.Texts.problems;
import static dev.gatewarden.core.document.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {

  @Test
  void tells_where_each_value_stands() {
    Node.Obj root = (Node.Obj) read("a.yaml", "# first\na:\n  - x\n  - ä: {b: 1}\n");

    Node.Member a = root.members().get("a");
    assertThat(a.namePlace()).hasToString("a.yaml:2:1");
    Node item = ((Node.Arr) a.value()).items().get(1);
    Node b = ((Node.Obj) ((Node.Obj) item).members().get("ä").value()).members().get("b").value();
    assertThat(b.place()).hasToString("a.yaml:4:12");
    assertThat(b.place().pointer()).isEqualTo("/a/1/ä/b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "no|Text", "yes|Text", "on|Text", "y|Text", "true|Bool", "False|Bool", "~|Null",
        "null|Null", "12|Num", "1_000|Text", "0x1F|Num", "0o17|Num", "1.5e3|Num", ".inf|Text",
        "1:30|Text", "2026-01-01|Text", "1.2.3|Text", "-|Text", ".|Text", "+|Text", "'12'|Text",
        "\"true\"|Text", "!!str 12|Text", "! 12|Text", "!!int 12|Num"
      })
  void reads_words_by_the_core_schema_of_1_2(String word, String kind) {
    Node value = ((Node.Obj) read("a.yaml", "a: " + (word.equals("-") ? "\"-\"" : word))).get("a");

    assertThat(value.getClass().getSimpleName()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({"0x1F,31", "0o17,15", "+12,12", "012,12", ".5,0.5", "1.,1", "1e3,1e3", "-0.10,-0.10"})
  void writes_numbers_as_json_would(String word, String literal) {
    assertThat(((Node.Obj) read("a.yaml", "a: " + word)).get("a"))
        .isInstanceOfSatisfying(Node.Num.class, n -> assertThat(n.literal()).isEqualTo(literal));
  }

  @Test
  void reads_status_codes_and_words_as_names() {
    Node.Obj root = (Node.Obj) read("a.yaml", "200: ok\ndefault: x\ntrue: y\n'4XX': z\n");

    assertThat(root.members().keySet()).containsExactly("200", "default", "true", "4XX");
  }

  @Test
  void repeats_anchored_values() {
    Node.Obj root = (Node.Obj) read("a.yaml", "a: &x {b: 1}\nc: *x\n");

    assertThat(root.get("c")).isSameAs(root.get("a"));
  }

  @Test
  void refuses_an_alias_bomb() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      String before = "*a" + (i - 1);
      bomb.append(
          "a"
              + i
              + ": &a"
              + i
              + " ["
              + String.join(",", java.util.Collections.nCopies(10, before))
              + "]\n");
    }

    assertThat(problems("a.yaml", bomb.toString()))
        .singleElement()
        .asString()
        .contains("more than 8000000 values, repeated ones counted each time");
  }

  @Test
  void refuses_a_value_that_contains_itself() {
    assertThat(problems("a.yaml", "a: &x [*x]"))
        .containsExactly("a.yaml:1:8: `*x` repeats a value that is not finished or not there");
  }

  @Test
  void reports_all_that_is_not_the_core_of_1_2_at_once() {
    String text =
        """
        a: 1
        b: !!binary aGk=
        a: 2
        c: !mine {d: 1}
        e:
          <<: 1
        """;

    assertThat(problems("a.yaml", text))
        .containsExactly(
            "a.yaml:2:4: the tag `!!binary` is not read or does not fit; leave it out",
            "a.yaml:3:1: `a` is written twice; it stands already in line 1, column 1",
            "a.yaml:4:4: the tag `!mine` is not read or does not fit; leave it out",
            "a.yaml:6:7: `<<` takes a map, or a list of maps; write `<<: *name`");
  }

  @Test
  void says_what_is_wrong_and_where() {
    assertThat(problems("a.yaml", "a: [1, 2\nb: 3"))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("a.yaml:2:2: ");
    assertThat(problems("a.yaml", "a: 1\n\tb: 2"))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("a.yaml:2:1: ");
    assertThat(problems("a.yaml", "a: 1\n---\nb: 2"))
        .containsExactly("a.yaml:2:1: a second document begins here; one is read");
    assertThat(problems("a.yaml", "%YAML 1.1\n---\na: no"))
        .containsExactly(
            "a.yaml:1:1: YAML 1.1 is not read; write YAML 1.2, where only `true` and `false` are"
                + " truth values");
    assertThat(problems("a.yaml", "? [a]\n: b"))
        .containsExactly("a.yaml:1:3: a name should stand here, not a list, a map or an alias");
    assertThat(problems("a.yaml", " \n")).containsExactly("a.yaml:1:1: the document is empty");
    assertThat(problems("a.yaml", "a: 1\nb: \u0001"))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("a.yaml:2:4: ");
  }

  @Test
  void refuses_what_is_not_utf_8() {
    assertThat(problems("a.yaml", new byte[] {'a', ':', '\n', ' ', (byte) 0xC0, (byte) 0xAF}))
        .containsExactly("a.yaml:2:2: the text is not UTF-8 here");
  }

  @Test
  void bounds_the_depth() {
    assertThat(problems("a.yaml", "[".repeat(256) + "]".repeat(256))).isEmpty();
    assertThat(problems("a.yaml", "[".repeat(257) + "]".repeat(257)))
        .isEqualTo(List.of("a.yaml:1:257: the document is nested deeper than 256 levels"));
  }
}
