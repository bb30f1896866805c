package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Only plain values come back, and only short ones.
class EchoTest {
  private static String shown(String json, String pointer) {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return Echo.of(bytes, 0, bytes.length, pointer, 8);
  }

  @Test
  void shows_the_value_at_a_place() {
    String json = "{'a':[{'b/c':'x'},{'b/c':17,'d':null}],'e':'123456789','f':'a\\nb'}";
    assertThat(shown(json, "/a/0/b~1c")).isEqualTo("x");
    assertThat(shown(json, "/a/1/b~1c")).isEqualTo("17");
    assertThat(shown(json, "/a/1/d")).isEqualTo("null");
    assertThat(shown(json, "/e")).as("too long").isEmpty();
    assertThat(shown(json, "/f")).as("a control character").isEmpty();
    assertThat(shown(json, "/a")).as("no plain value").isEmpty();
    assertThat(shown(json, "/a/7/x")).isEmpty();
    assertThat(shown(json, "query/limit")).isEmpty();
    assertThat(shown("[[1,2],[3]]", "/1/0")).isEqualTo("3");
  }
}
