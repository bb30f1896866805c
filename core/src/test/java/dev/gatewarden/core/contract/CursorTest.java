package dev.gatewarden.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CursorTest {
  private static Contracts saying(String cursor, String parameters) {
    return Contracts.paths(
        """
        paths:
          /things:
            get:
              operationId: list
              x-gatewarden-cursor: %s
              parameters: %s
              x-gatewarden-object: {none: a test}
              responses: {'204': {description: x}}
        """
            .formatted(cursor, parameters));
  }

  private static final String TEXT = "[{name: cursor, in: query, schema: {type: string}}]";

  private static Cursor read(String cursor) {
    return Cursor.of(saying(cursor, TEXT).read().operation("list"));
  }

  private static List<String> problems(String cursor, String parameters) {
    return saying(cursor, parameters).problems();
  }

  @Test
  void counts_items_from_nothing_and_pages_from_where_the_service_begins() {
    Cursor items = read("{in: cursor, offset: skip}");
    assertThat(items.next(-1, 3)).isEqualTo(3);
    assertThat(items.next(6, 2)).isEqualTo(8);
    assertThat(read("{in: cursor, page: p}").next(-1, 3)).isEqualTo(2);
    assertThat(read("{in: cursor, page: p, first: 0}").next(-1, 3)).isEqualTo(1);
    assertThat(read("{in: cursor, page: p, first: 0}").next(4, 3)).isEqualTo(5);
  }

  @Test
  void refuses_what_callers_could_go_around_or_cannot_bring() {
    assertThat(problems("{in: cursor, offset: skip}", TEXT)).isEmpty();
    assertThat(problems("cursor", TEXT)).singleElement().asString().contains("should be a map");
    assertThat(problems("{in: cursor}", TEXT))
        .singleElement()
        .asString()
        .contains("either the `offset` or the `page`", "write `{in: cursor, offset: skip}`");
    assertThat(problems("{in: cursor, offset: a, page: b}", TEXT)).hasSize(1);
    assertThat(problems("{in: cursor, offset: skip, first: 1}", TEXT)).hasSize(1);
    assertThat(problems("{in: cursor, offset: skip}", "[]"))
        .singleElement()
        .asString()
        .contains("no text in the query");
    assertThat(
            problems(
                "{in: cursor, offset: skip}",
                "[{name: cursor, in: query, schema: {type: integer}}]"))
        .singleElement()
        .asString()
        .contains("no text in the query");
    assertThat(
            problems(
                "{in: cursor, offset: skip}",
                "[{name: cursor, in: query, schema: {type: string}},"
                    + " {name: skip, in: query, schema: {type: integer}}]"))
        .singleElement()
        .asString()
        .contains("callers could bring `skip` themselves");
  }
}
