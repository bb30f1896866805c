package dev.gatewarden.core.canon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.address.Block;
import dev.gatewarden.core.address.Ip;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardingTest {
  private static final List<Block> TRUSTED =
      List.of(Objects.requireNonNull(Block.parse("10.0.0.0/8")));

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "192.0.2.1 | 198.51.100.7 | 192.0.2.1",
        "10.0.0.1 | 198.51.100.7 | 198.51.100.7",
        "10.0.0.1 | 1.1.1.1, 198.51.100.7 | 198.51.100.7",
        "10.0.0.1 | 1.1.1.1, 198.51.100.7, 10.9.9.9 | 198.51.100.7",
        "10.0.0.1 | 10.1.1.1, 10.2.2.2 | 10.1.1.1",
        "10.0.0.1 | 198.51.100.7:1234 | 198.51.100.7",
        "10.0.0.1 | [2001:db8::7]:1234 | 2001:db8::7",
        "10.0.0.1 | 2001:db8::7 | 2001:db8::7",
        "10.0.0.1 | 198.51.100.7, unknown | 10.0.0.1",
        "10.0.0.1 | 198.51.100.7, nonsense, 10.2.2.2 | 10.2.2.2",
        "10.0.0.1 | nonsense, 198.51.100.7 | 198.51.100.7",
        "11.0.0.0 | 198.51.100.7 | 11.0.0.0",
        "10.255.255.255 | 198.51.100.7 | 198.51.100.7",
      })
  void finds_the_caller_in_the_list(String connection, String list, String caller) {
    assertThat(Forwarding.caller(ip(connection), TRUSTED, List.of(list), List.of()))
        .isEqualTo(OneReading.of(ip(caller)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "for=198.51.100.7 | 198.51.100.7",
        "For=1.1.1.1, for=198.51.100.7;proto=https;by=10.0.0.1 | 198.51.100.7",
        "for=\"[2001:db8::7]:99\" | 2001:db8::7",
        "for=\"198.51.100.7:99\" | 198.51.100.7",
        "for=_hidden | 10.0.0.1",
        "for=1.1.1.1;for=2.2.2.2 | 10.0.0.1",
        "by=1.1.1.1 | 10.0.0.1",
        "for=\"1.1.1.1, for=198.51.100.7\" | 10.0.0.1",
      })
  void finds_the_caller_in_the_named_field(String field, String caller) {
    assertThat(Forwarding.caller(ip("10.0.0.1"), TRUSTED, List.of(), List.of(field)))
        .isEqualTo(OneReading.of(ip(caller)));
  }

  @Test
  void joins_lines_in_order() {
    assertThat(
            Forwarding.caller(
                ip("10.0.0.1"), TRUSTED, List.of("198.51.100.7", "10.0.0.2, 10.0.0.3"), List.of()))
        .isEqualTo(OneReading.of(ip("198.51.100.7")));
  }

  @Test
  void refuses_fields_that_contradict_each_other() {
    assertThat(
            Forwarding.caller(
                ip("10.0.0.1"), TRUSTED, List.of("198.51.100.7"), List.of("for=198.51.100.8")))
        .isEqualTo(OneReading.refused(Ambiguity.FORWARDING));
    assertThat(
            Forwarding.caller(
                ip("10.0.0.1"), TRUSTED, List.of("198.51.100.7"), List.of("for=198.51.100.7")))
        .isEqualTo(OneReading.of(ip("198.51.100.7")));
  }

  @Test
  void believes_nobody_unless_told() {
    assertThat(Forwarding.caller(ip("10.0.0.1"), List.of(), List.of("1.1.1.1"), List.of()))
        .isEqualTo(OneReading.of(ip("10.0.0.1")));
  }

  private static Ip ip(String text) {
    return Objects.requireNonNull(Ip.parse(text));
  }
}
