package dev.gatewarden.gateway.identity.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpiffeIdTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spiffe://prod.example/a",
        "spiffe://prod.example/a/b-c_d.e/F",
        "spiffe://1.2.3.4/a",
        "spiffe://under_score/a",
        "spiffe://x/..."
      })
  void reads_ids(String text) {
    SpiffeId id = SpiffeId.parse(text);
    assertThat(id).isNotNull();
    assertThat(id.text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "spiffe://",
        "spiffe:///a",
        "spiffe://prod.example",
        "spiffe://prod.example/",
        "spiffe://prod.example/a/",
        "spiffe://prod.example//a",
        "spiffe://prod.example/./a",
        "spiffe://prod.example/a/..",
        "spiffe://Prod.example/a",
        "SPIFFE://prod.example/a",
        "https://prod.example/a",
        "spiffe://prod.example:8443/a",
        "spiffe://user@prod.example/a",
        "spiffe://prod.example/a?b",
        "spiffe://prod.example/a#b",
        "spiffe://prod.example/%61",
        "spiffe://prod.example/a b",
        "spiffe://prod.example/\u00e4"
      })
  void reads_nothing_else(String text) {
    assertThat(SpiffeId.parse(text)).isNull();
  }

  @Property
  void what_is_read_is_written_alike(
      @ForAll @CharRange(from = '!', to = '~') String domain,
      @ForAll @CharRange(from = '!', to = '~') String path) {
    String text = "spiffe://" + domain + "/" + path;
    SpiffeId id = SpiffeId.parse(text);
    if (id != null) {
      assertThat(id.text()).isEqualTo(text);
      assertThat(id.trustDomain()).matches("[a-z0-9._-]+");
      assertThat(id.path()).matches("(/[a-zA-Z0-9._-]+)+").doesNotContain("/../");
    }
  }
}
