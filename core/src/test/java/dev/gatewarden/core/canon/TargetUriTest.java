package dev.gatewarden.core.canon;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetUriTest {

  @ParameterizedTest
  @CsvSource({
    "https://api.example.com/a, https://api.example.com/a",
    "HTTPS://API.Example.COM/a, https://api.example.com/a",
    "https://api.example.com:443/a, https://api.example.com/a",
    "https://api.example.com:8443/a, https://api.example.com:8443/a",
    "http://api.example.com:80/a, http://api.example.com/a",
    "http://api.example.com:443/a, http://api.example.com:443/a",
    "https://api.example.com, https://api.example.com/",
    "https://api.example.com?x=1, https://api.example.com/",
    "https://api.example.com/a?x=1#y, https://api.example.com/a",
    "https://api.example.com/a#y?x, https://api.example.com/a",
    "https://api.example.com/%7euser/%e4%bd%a0, https://api.example.com/~user/%E4%BD%A0",
    "https://[2001:DB8::1]/a, https://[2001:db8::1]/a"
  })
  void spellings_of_one_target_share_a_form(String text, String form) {
    assertThat(TargetUri.read(text)).isEqualTo(form);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/a",
        "api.example.com/a",
        "ftp://api.example.com/a",
        "https:/api.example.com/a",
        "https:///a",
        "https://user@api.example.com/a",
        "https://api.example.com:0/a",
        "https://api.example.com:/a",
        "https://api.example.com/a/../b",
        "https://api.example.com//a",
        "https://api.example.com/a%2fb",
        "https://api.example.com\\@evil.example/a",
        "https://127.1/a"
      })
  void what_has_two_readings_is_no_target(String text) {
    assertThat(TargetUri.read(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "https://api.example.com, https://api.example.com",
        "https://API.example.com:443, https://api.example.com",
        "https://api.example.com/, none",
        "https://api.example.com/a, none",
        "https://api.example.com?a, none"
      })
  void an_origin_has_no_path(String text, String origin) {
    assertThat(TargetUri.origin(text)).isEqualTo(origin);
  }

  @Property
  void the_form_of_a_form_is_itself(@ForAll String path) {
    String form = TargetUri.read("https://api.example.com/" + path);
    if (form != null) {
      assertThat(TargetUri.read(form)).isEqualTo(form);
    }
  }
}
