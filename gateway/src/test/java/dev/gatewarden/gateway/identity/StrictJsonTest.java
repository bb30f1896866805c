package dev.gatewarden.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.Ratchet;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

  @Test
  void reads_plain_values() {
    assertThat(read("{'a':1,'b':[true,'x',-2.5],'c':{'d':'\\u00e9\\ud83d\\ude00\\n'},'e':null}"))
        .isEqualTo(
            Map.of(
                "a", 1L,
                "b", List.of(true, "x", new BigDecimal("-2.5")),
                "c", Map.of("d", "é😀\n")));
    assertThat(read(" \t\r\n{ 'a' : 1e3 } ")).isEqualTo(Map.of("a", new BigDecimal("1e3")));
    assertThat(read("{'a':999999999999999999}")).isEqualTo(Map.of("a", 999999999999999999L));
    assertThat(read("{'a':1000000000000000000}"))
        .isEqualTo(Map.of("a", new BigDecimal("1000000000000000000")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "1",
        "null",
        "{",
        "{'a'}",
        "{'a':}",
        "{'a':1,}",
        "{,}",
        "{'a':1}x",
        "{'a':1}{}",
        "{'a':1,'a':1}",
        "{'a':1,'\\u0061':2}",
        "{'a':null,'a':1}",
        "{'a':1,'a':null}",
        "{'a':null,'a':null}",
        "{'a':null,'b':2,'a':{'c':null}}",
        "{'a':{'b':1,'b':2}}",
        "{a:1}",
        "{'a':01}",
        "{'a':+1}",
        "{'a':.5}",
        "{'a':1.}",
        "{'a':1e}",
        "{'a':1e1000}",
        "{'a':NaN}",
        "{'a':tru}",
        "{'a':'\\ud800'}",
        "{'a':'\\udc00\\ud800'}",
        "{'a':'\\x'}",
        "{'a':'\\u00g0'}",
        "{'a':'\t'}",
        "{'a':[1,]}",
        "{'a':[1 2]}",
        "// c\n{}",
        "{'a':11111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111}",
      })
  void refuses(String text) {
    assertThat(read(text)).isNull();
  }

  @Test
  void refuses_what_is_not_utf_8_or_has_a_mark() {
    assertThat(StrictJson.object(new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"'})).isNull();
    assertThat(StrictJson.object("\uFEFF{}".getBytes(StandardCharsets.UTF_8))).isNull();
  }

  @Test
  void bounds_the_depth() {
    assertThat(read("{'a':" + "[".repeat(15) + "]".repeat(15) + "}")).isNotNull();
    assertThat(read("{'a':" + "[".repeat(16) + "]".repeat(16) + "}")).isNull();
  }

  @Test
  void judges_the_texts_that_others_wrote() throws IOException {
    List<String> wrong = new ArrayList<>();
    int judged = 0;
    try (Stream<Path> files = Files.walk(Corpora.at("json-parsing"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".json") || name.startsWith("i_")) {
          continue;
        }
        boolean good = StrictJson.object(wrapped(Files.readAllBytes(file))) != null;
        judged++;
        boolean deliberate = name.contains("duplicated_key");
        if (good != (name.startsWith("y_") && !deliberate)) {
          wrong.add(name);
        }
      }
    }
    assertThat(wrong).isEmpty();
    Ratchet.count("json-parsing.tokens", judged);
  }

  @Property(tries = 3000)
  void any_bytes_are_read_or_refused(@ForAll byte[] bytes) {
    StrictJson.object(bytes);
    StrictJson.object(wrapped(bytes));
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void what_is_written_is_read_back(
      @ForAll @Size(max = 6) Map<String, @Size(max = 6) List<String>> object) {
    byte[] text = JsonWriter.write(object).getBytes(StandardCharsets.UTF_8);
    Map<String, Object> read = StrictJson.object(text);
    if (new String(text, StandardCharsets.UTF_8).equals(JsonWriter.write(object))) {
      assertThat(read).isEqualTo(object);
    }
  }

  /// Any value becomes a member, for only objects are read.
  private static byte[] wrapped(byte[] value) {
    byte[] all = new byte[value.length + 6];
    System.arraycopy("{\"a\":".getBytes(StandardCharsets.US_ASCII), 0, all, 0, 5);
    System.arraycopy(value, 0, all, 5, value.length);
    all[all.length - 1] = '}';
    return all;
  }

  private static Map<String, Object> read(String text) {
    return StrictJson.object(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
