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
}
