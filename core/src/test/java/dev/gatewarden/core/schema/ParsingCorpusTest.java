package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.Corpora;
import dev.gatewarden.core.Ratchets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The files with which JSON parsers are tested: what must be read is read, what must not is
/// refused.
class ParsingCorpusTest {
  /// A name that comes twice has two readings, so it is refused on purpose.
  private static final Set<String> TWICE =
      Set.of("y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json");

  @Test
  void reads_what_must_be_read_and_refuses_the_rest() {
    Schema anything = Texts.schema("true");
    List<String> wrong = new ArrayList<>();
    int right = 0;
    for (Path file : Corpora.files("json-parsing/test_parsing")) {
      String name = file.getFileName().toString();
      byte[] bytes = Corpora.bytes(file);
      boolean read = anything.judge(bytes, 0, bytes.length, new Visit(7)) == Schema.VALID;
      boolean expected = name.startsWith("y_") && !TWICE.contains(name);
      if (name.startsWith("i_")) {
        continue;
      }
      if (read == expected) {
        right++;
      } else {
        wrong.add(name);
      }
    }
    Ratchets.note("json-parsing", right);
    assertThat(wrong).isEmpty();
  }

  /// What readers may do as they like, and the word this one refuses it with; `read` where it is
  /// read. Numbers are read as they are written within a bound of their exponent; text is UTF-8
  /// that says whole characters, begins without a mark, and does not nest without end.
  private static String chosen(String name) {
    return switch (name) {
      case "i_number_double_huge_neg_exp.json",
          "i_number_too_big_neg_int.json",
          "i_number_too_big_pos_int.json",
          "i_number_very_big_negative_int.json" ->
          "read";
      case "i_number_huge_exp.json",
          "i_number_neg_int_huge_exp.json",
          "i_number_pos_double_huge_exp.json",
          "i_number_real_neg_overflow.json",
          "i_number_real_pos_overflow.json",
          "i_number_real_underflow.json" ->
          "maxNumberDigits";
      case "i_structure_500_nested_arrays.json" -> "maxDepth";
      case "i_string_UTF-16LE_with_BOM.json",
          "i_string_utf16BE_no_BOM.json",
          "i_string_utf16LE_no_BOM.json",
          "i_structure_UTF-8_BOM_empty_object.json" ->
          "json";
      default -> name.startsWith("i_string_") || name.startsWith("i_object_key_") ? "encoding" : "";
    };
  }

  @Test
  void does_as_documented_where_readers_may_choose() {
    Schema anything = Texts.schema("true");
    int chosen = 0;
    for (Path file : Corpora.files("json-parsing/test_parsing")) {
      String name = file.getFileName().toString();
      if (name.startsWith("i_")) {
        byte[] bytes = Corpora.bytes(file);
        List<Violation> told =
            anything.explain(bytes, 0, bytes.length, new Visit(1), Violation.Limits.DEFAULT);
        assertThat(told.isEmpty() ? "read" : told.getFirst().error())
            .as(name)
            .isEqualTo(chosen(name));
        chosen++;
      }
    }
    Ratchets.note("json-parsing.choices", chosen);
    assertThat(chosen).isPositive();
  }
}
