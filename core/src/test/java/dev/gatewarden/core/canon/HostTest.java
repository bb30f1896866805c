package dev.gatewarden.core.canon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "example.com | example.com | -1",
        "Example.COM:8080 | example.com | 8080",
        "localhost:1 | localhost | 1",
        "a:65535 | a | 65535",
        "xn--bcher-kva.example | xn--bcher-kva.example | -1",
        "my_service:80 | my_service | 80",
        "a-b.c1 | a-b.c1 | -1",
        "127.0.0.1:9000 | 127.0.0.1 | 9000",
        "1.example | 1.example | -1",
        "0xg.example.x0 | 0xg.example.x0 | -1",
        "[2001:DB8:0::1]:443 | [2001:db8::1] | 443",
        "[::1] | [::1] | -1",
      })
  void reads(String authority, String name, int port) {
    assertThat(Host.read(authority)).isEqualTo(OneReading.of(new Host(name, port)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":80",
        "a:",
        "a:0",
        "a:080",
        "a:65536",
        "a:-1",
        "a:8x",
        "a:123456",
        "a:1:2",
        "u@a",
        "a.",
        ".a",
        "a..b",
        "-a",
        "a-",
        "a.-b",
        "a b",
        "a%41",
        "bücher.example",
        "a/b",
        "a,b",
        "127.1",
        "127.0.0.01",
        "2130706433",
        "0x7f.0.0.1",
        "1.2.3.0x4",
        "0x",
        "256.1.1.1",
        "a.1",
        "[::1",
        "::1",
        "[]",
        "[1.2.3.4]",
        "[::ffff:1.2.3.4]",
        "[fe80::1%25eth0]",
        "[::1]x",
        "[v1.a]",
        "[::1]:",
      })
  void refuses(String authority) {
    assertThat(Host.read(authority)).isEqualTo(OneReading.refused(Ambiguity.HOST));
  }

  @Test
  void bounds_labels_and_names() {
    assertThat(Host.read("a".repeat(63))).isInstanceOf(OneReading.Clear.class);
    assertThat(Host.read("a".repeat(64))).isInstanceOf(OneReading.Refused.class);
    String name = ("a".repeat(49) + ".").repeat(5);
    assertThat(Host.read(name + "abc")).isInstanceOf(OneReading.Clear.class);
    assertThat(Host.read(name + "abcd")).isInstanceOf(OneReading.Refused.class);
  }

  @Test
  void returns_a_canonical_name_as_it_is() {
    String name = "api.example.com";
    assertThat(((OneReading.Clear<Host>) Host.read(name)).value().name()).isSameAs(name);
  }
}
