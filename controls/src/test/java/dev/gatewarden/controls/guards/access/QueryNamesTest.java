package dev.gatewarden.controls.guards.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.controls.guards.access.QueryNames.Kind;
import dev.gatewarden.controls.guards.access.QueryNames.Name;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "total | total",
        "-total,+id | total id",
        "total desc,id | total id",
        "total:asc;id:desc | total id",
        "total.desc.nullslast | total.desc.nullslast",
        "desc(total) | total",
        "lines[0].cost | lines.cost",
        "lines->cost | lines.cost",
        "lines__cost | lines.cost",
        "[\"total\",{\"id\":-1}] | total id",
        "sum(total) | total",
        "3 | 3",
      })
  void finds_what_is_sorted_by(String text, String names) {
    assertThat(named(QueryNames.ordering(text))).isEqualTo(names);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "id,total | id total",
        "data(id,lines(cost)),total | data data.id data.lines data.lines.cost total",
        "data/id | data.id",
        "{id lines{cost}} | id lines lines.cost",
        "lines($select=cost;$expand=item) | lines lines.cost lines.item",
      })
  void finds_what_is_chosen(String text, String names) {
    assertThat(named(QueryNames.fields(text))).isEqualTo(names);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "total gt 5 and status eq 'open' | total status",
        "(total>5 OR total<1) AND NOT status:open | total total status",
        "status==open;total=gt=5,id=in=(1,2) | status total id",
        "contains(tolower(name),'a b') eq true | name",
        "lines/any(l:l/cost gt 5) | lines l gt",
        "\"total\" gt 5 | total",
        "total:gt:5 | total",
        "createdAt>2020-01-01T00:00:00Z | createdAt",
        "{\"total\":{\"$gt\":5},\"$or\":[{\"id\":1}]} | total id",
        "[{\"field\":\"total\",\"op\":\"gt\",\"value\":5}] | total",
      })
  void finds_what_is_compared(String text, String names) {
    assertThat(named(QueryNames.condition(text))).isEqualTo(names);
  }

  @ParameterizedTest
  @ValueSource(strings = {"owner:total", "a'b", "a)b", "((a", "a=b", "\"a\"", "a\\u0062"})
  void what_is_no_list_of_names_has_no_reading(String text) {
    assertThat(QueryNames.fields(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name eq 'a",
        "a)",
        "{\"$where\":\"this.a\"}",
        "{'a':1}",
        "{a:1}",
        "[a]",
        "{\"b\":a}",
        "{\"a\\u00zz\":1}"
      })
  void what_is_no_condition_has_no_reading(String text) {
    assertThat(QueryNames.condition(text)).isNull();
  }

  @Test
  void reads_or_refuses_whatever_comes() {
    String letters = "ab.-+*()[]{}<>=!~:;,|&'\"\\/$@ \t19_u";
    Random random = new Random(7);
    int read = 0;
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int left = random.nextInt(24); left > 0; left--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      String written = text.toString();
      read += QueryNames.fields(written) == null ? 0 : 1;
      read += QueryNames.ordering(written) == null ? 0 : 1;
      read += QueryNames.condition(written) == null ? 0 : 1;
      read += QueryNames.bracketed("a[" + written).length();
      read += QueryNames.withoutComparison(written).length();
      read += QueryNames.withoutOperators(written).length();
    }
    assertThat(read).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{total:1}", "[total]", "{\"id\":1,total:-1}", "[\"id\",'total']"})
  void what_is_nearly_json_is_no_order(String text) {
    assertThat(QueryNames.ordering(text)).isNull();
  }

  @Test
  void refuses_what_nobody_types() {
    assertThat(QueryNames.condition("a".repeat(5000))).isNull();
  }

  private static String named(@Nullable List<Name> names) {
    if (names == null) {
      return "nothing";
    }
    StringBuilder text = new StringBuilder();
    for (Name name : names) {
      if (name.kind() == Kind.NAMED) {
        text.append(text.isEmpty() ? "" : " ").append(name.text());
      }
    }
    return text.toString();
  }
}
