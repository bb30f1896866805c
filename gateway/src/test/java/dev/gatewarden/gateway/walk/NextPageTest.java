package dev.gatewarden.gateway.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.exchange.Bytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextPageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "[]~0",
        "[ ]~0",
        "[1]~1",
        "[1, [2, 3], {\"a\": [4, 5]}, \"]\"]~4",
        " [ 1 , 2 ] ~2",
        "{}~0",
        "{\"data\": []}~0",
        "{\"n\": 3, \"data\": [1, 2], \"more\": {\"x\": [1, 2, 3]}}~2",
        "{\"links\": [\"a\"], \"data\": [1, 2, 3], \"t\": null}~3",
        "{\"a]\\\"\": 1, \"data\":[\"\\\"]\",2]}~2",
        "7~0",
        "\"[1,2]\"~0"
      })
  void counts_the_items_of_a_list(String json, long items) {
    byte[] text = (json.strip() + "                ").getBytes(StandardCharsets.UTF_8);
    assertThat(NextPage.items(new Bytes(text, 0, json.strip().length()))).isEqualTo(items);
  }
}
