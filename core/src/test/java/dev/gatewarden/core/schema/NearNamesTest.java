package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearNamesTest {
  private static final String OPEN =
      "{\"properties\":{\"isAdmin\":{\"type\":\"boolean\"},\"size\":{},\"k\":{}},"
          + "\"additionalProperties\":true}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "isadmin",
        "ISADMIN",
        "IsAdmin",
        "is_admin",
        "is-Admin",
        "_isAdmin",
        "İsAdmin",
        "ısAdmin",
        "isAdm\u0131n",
        "i\u017FAdmin",
        "ｉｓＡｄｍｉｎ",
        "isAdmin\u200B",
        "is\u00ADAdmin",
        "\\u0049sAdmin",
        "ſize",
        "\u212A"
      })
  void refuses_a_name_that_some_reader_takes_for_a_declared_one(String name) {
    assertThat(valid(OPEN, Direction.REQUEST, "{\"" + name + "\":true}")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"isAdmin", "\\u0069sAdmin", "admin", "isAdmins", "kk", "sizes", "é", "x-size"})
  void lets_other_names_pass(String name) {
    assertThat(valid(OPEN, Direction.REQUEST, "{\"" + name + "\":true}")).isTrue();
  }

  @Test
  void counts_every_name_that_any_part_of_a_composition_declares() {
    String schema =
        "{\"properties\":{\"id\":{}},\"additionalProperties\":true,"
            + "\"anyOf\":[{\"properties\":{\"ID\":{}}},{\"properties\":{\"role\":{}}}]}";
    assertThat(valid(schema, Direction.REQUEST, "{\"ID\":1,\"role\":2}")).isTrue();
    assertThat(valid(schema, Direction.REQUEST, "{\"Id\":1}")).isFalse();
    assertThat(valid(schema, Direction.REQUEST, "{\"ROLE\":1}")).isFalse();
  }

  @Test
  void holds_for_what_callers_send_alone() {
    assertThat(valid(OPEN, Direction.RESPONSE, "{\"isadmin\":true}")).isTrue();
    assertThat(valid(OPEN, Direction.BOTH, "{\"isadmin\":true}")).isTrue();
  }

  @Test
  void leaves_maps_of_free_names_alone() {
    String map = "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}";
    assertThat(valid(map, Direction.REQUEST, "{\"a\":1,\"A\":2,\"a_\":3}")).isTrue();
  }

  private static boolean valid(String schema, Direction direction, String json) {
    Schema compiled =
        SchemaCompiler.compile(
            Texts.tree(schema), Options.of(Dialect.DRAFT_2020_12).direction(direction));
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return compiled.judge(bytes, 0, bytes.length, new Visit(1)) == Schema.VALID;
  }
}
