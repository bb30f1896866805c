package dev.gatewarden.core.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DraftTest {

  @ParameterizedTest
  @CsvSource({
    "plain-1._~, plain-1._~",
    "a b, a%20b",
    "a/b, a%2Fb",
    "50%, 50%25",
    "'?#&=+', %3F%23%26%3D%2B",
    "ü, %C3%BC",
    "../x, ..%2Fx"
  })
  void encodes_all_but_the_unreserved(String value, String encoded) {
    assertThat(Draft.encoded(value)).isEqualTo(encoded);
  }

  @Test
  void an_identity_prints_nothing_of_its_secret() {
    Identity.Presented presented =
        new Identity.Presented(Identity.Where.HEADER, "X-Key", "", "the-secret");
    Identity identity = Identity.NOBODY.presenting("alice", java.util.List.of(presented));

    assertThat(identity.toString() + presented + identity.presents()).doesNotContain("the-secret");
  }
}
