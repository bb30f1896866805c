package dev.gatewarden.platform.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.document.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryTest {
  private final Memory memory = new Memory();

  @Test
  void keeps_the_first_word_that_was_seen_where_only_a_few_may_stand() {
    memory.words(Json.of(List.of(Json.of(Map.of("role", Json.of("Customer"))))));
    memory.words(Json.of(Map.of("role", Json.of("Chef"), "account_status", Json.of("open"))));

    assertThat(memory.word("role")).isEqualTo("Customer");
    assertThat(memory.word("account_status")).isEqualTo("open");
  }

  @Test
  void takes_no_free_text_for_a_word() {
    memory.words(Json.of(Map.of("note", Json.of("hello"), "stated", Json.of("x"))));

    assertThat(memory.word("note")).isNull();
    assertThat(memory.word("stated")).isNull();
  }
}
