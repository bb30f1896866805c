package dev.gatewarden.core.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> KNOWN =
      List.of("owner", "tenant", "known-by", "read-by", "public-id", "id");

  @ParameterizedTest
  @CsvSource({
    "onwer,owner",
    "Owner,owner",
    "known_by,known-by",
    "publicId,public-id",
    "tennant,tenant",
    "di,id"
  })
  void knows_what_was_meant(String wrong, String meant) {
    assertThat(Nearest.of(wrong, KNOWN)).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({"colour", "xyz", "''"})
  void keeps_silent_where_nothing_is_near(String wrong) {
    assertThat(Nearest.advice(wrong, KNOWN)).isEmpty();
  }
}
