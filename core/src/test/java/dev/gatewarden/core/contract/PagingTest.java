package dev.gatewarden.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.contract.Paging.Meaning;
import java.util.List;
import org.junit.jupiter.api.Test;

class PagingTest {
  private static final String NUMBER = "{type: integer}";
  private static final String TEXT = "{type: string}";

  @Test
  void knows_the_usual_names() {
    Operation list = asking("limit", NUMBER, "offset", NUMBER, "page", NUMBER, "$top", NUMBER);
    assertThat(names(list, Meaning.SIZE)).containsExactly("limit", "$top");
    assertThat(names(list, Meaning.OFFSET)).containsExactly("offset");
    assertThat(names(list, Meaning.NUMBER)).containsExactly("page");
  }

  @Test
  void knows_a_limit_that_the_contract_calls_a_text() {
    assertThat(names(asking("limit", TEXT, "perPage", TEXT), Meaning.SIZE))
        .containsExactly("limit", "perPage");
    assertThat(names(asking("limit", "{type: string, enum: [few, many]}"), Meaning.SIZE)).isEmpty();
  }

  @Test
  void takes_no_text_for_a_place() {
    Operation list =
        asking("page", TEXT, "offset", TEXT, "size", TEXT, "from", TEXT, "after", TEXT);
    for (Meaning each : Meaning.values()) {
      assertThat(names(list, each)).isEmpty();
    }
  }

  @Test
  void knows_the_members_of_objects_as_callers_write_them() {
    Operation list =
        reading(
            "- {name: page, in: query, style: deepObject, explode: true, schema: {type: object,"
                + " properties: {size: {type: integer}, number: {type: integer}}}}\n"
                + "- {name: filter, in: query, style: deepObject, explode: true, schema: {type:"
                + " object, properties: {limit: {type: integer}, max: {type: integer}}}}\n"
                + "- {name: paging, in: query, explode: true, schema: {type: object, properties:"
                + " {perPage: {type: integer}}}}\n");
    assertThat(names(list, Meaning.SIZE)).containsExactly("page[size]", "filter[limit]", "perPage");
    assertThat(names(list, Meaning.NUMBER)).containsExactly("page[number]");
    assertThat(Paging.sizes(list)).isEmpty();
  }

  @Test
  void tells_a_stretch_of_time_from_a_place() {
    assertThat(names(asking("from", NUMBER, "to", NUMBER), Meaning.OFFSET)).isEmpty();
    assertThat(names(asking("start", NUMBER, "end", NUMBER), Meaning.OFFSET)).isEmpty();
    assertThat(names(asking("from", NUMBER, "size", NUMBER), Meaning.OFFSET))
        .containsExactly("from");
  }

  @Test
  void tells_a_range_from_a_size() {
    assertThat(names(asking("min", NUMBER, "max", NUMBER), Meaning.SIZE)).isEmpty();
    assertThat(names(asking("max", NUMBER), Meaning.SIZE)).containsExactly("max");
  }

  @Test
  void takes_first_for_a_place_beside_a_size_and_for_a_size_beside_a_cursor() {
    Operation placed = asking("first", NUMBER, "max", NUMBER);
    assertThat(names(placed, Meaning.SIZE)).containsExactly("max");
    assertThat(names(placed, Meaning.OFFSET)).containsExactly("first");
    assertThat(names(asking("first", NUMBER, "last", NUMBER, "after", TEXT), Meaning.SIZE))
        .containsExactly("first", "last");
    assertThat(names(asking("last", NUMBER), Meaning.SIZE)).isEmpty();
  }

  private static List<String> names(Operation operation, Meaning meaning) {
    return Paging.asked(operation, meaning).stream().map(Paging.Asked::name).toList();
  }

  private static Operation asking(String... namesAndSchemas) {
    StringBuilder parameters = new StringBuilder();
    for (int i = 0; i < namesAndSchemas.length; i += 2) {
      parameters
          .append("- {name: ")
          .append(namesAndSchemas[i])
          .append(", in: query, schema: ")
          .append(namesAndSchemas[i + 1])
          .append("}\n");
    }
    return reading(parameters.toString());
  }

  private static Operation reading(String parameters) {
    return Contracts.paths(
            "paths:\n  /orders:\n    get:\n      operationId: listOrders\n      parameters:\n"
                + parameters.indent(6)
                + "      responses: {'200': {description: ok}}\n")
        .operation("listOrders");
  }
}
