package dev.gatewarden.core.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonTest {

  private static Node read(String text) {
    return new DocumentReader(Bounds.DEFAULT)
        .read(
            new Place.Origin(URI.create("value.json"), "a value"),
            text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void writes_what_it_reads() {
    String text = "{\"a\":[1,-2.50e3,true,null,\"\\\"\\\\\\n\"],\"b\":{}}";

    assertThat(Json.text(read(text))).isEqualTo(text);
  }

  @Property(tries = 300)
  void writes_every_text_so_that_it_reads_back(@ForAll String text) {
    String plain = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

    assertThat(Json.scalar(read(Json.text(Json.of(plain))))).isEqualTo(plain);
  }

  @Test
  void sets_a_member_and_leaves_the_rest() {
    Node changed = Json.with(read("{\"a\":{\"b\":1,\"c\":2}}"), List.of("a", "b"), Json.of("x"));

    assertThat(Json.text(changed)).isEqualTo("{\"a\":{\"b\":\"x\",\"c\":2}}");
  }

  @Test
  void makes_the_objects_on_the_way() {
    assertThat(Json.text(Json.with(null, List.of("a", "b"), Json.of(true))))
        .isEqualTo("{\"a\":{\"b\":true}}");
  }

  @Test
  void sets_an_item_and_appends_behind_the_last() {
    Node array = read("[1,2]");

    assertThat(Json.text(Json.with(array, List.of("1"), Json.of(3)))).isEqualTo("[1,3]");
    assertThat(Json.text(Json.with(array, List.of("2"), Json.of(3)))).isEqualTo("[1,2,3]");
  }

  @Test
  void finds_what_stands_at_a_path_and_nothing_beside_it() {
    Node node = read("{\"a\":[{\"b\":7}]}");

    assertThat(Json.scalar(Json.at(node, List.of("a", "0", "b")))).isEqualTo("7");
    assertThat(Json.at(node, List.of("a", "1", "b"))).isNull();
    assertThat(Json.at(node, List.of("a", "b"))).isNull();
    assertThat(Json.at(Json.of("text"), List.of("a"))).isNull();
  }

  @Test
  void takes_a_member_out() {
    Node.Obj object = Json.of(Map.of("a", Json.of(1)));

    assertThat(Json.without(object, "a").members()).isEmpty();
    assertThat(object.members()).hasSize(1);
  }

  @Test
  void escapes_what_cannot_be_printed_or_encoded_and_nothing_else() {
    String text = "a\"b\\c\n\r\t\0\u001b\u007f\u0085é€\ud83d\ude00\ud800x\udc00";

    assertThat(Json.quoted(text))
        .isEqualTo(
            "\"a\\\"b\\\\c\\n\\r\\t\\u0000\\u001b\\u007f\\u0085é€\ud83d\ude00\\ud800x\\udc00\"");
  }

  @Test
  void reads_back_every_character_it_writes() {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x3000 ? 1 : 97) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        all.appendCodePoint(c);
      }
    }

    assertThat(Json.scalar(read(Json.quoted(all.toString())))).isEqualTo(all.toString());
  }
}
