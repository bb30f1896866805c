package dev.gatewarden.platform.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource({
    "orderId, order",
    "order_id, order",
    "Order-ID, order",
    "lineItemId, lineItem",
    "username, user",
    "book_title, book",
    "id, ''",
    "slug, ''",
    "invoice_number, invoice"
  })
  void knows_what_a_key_is_the_key_of(String name, String of) {
    assertThat(Words.keyed(name)).isEqualTo(of);
  }

  @ParameterizedTest
  @CsvSource({
    "orders, order",
    "categories, category",
    "addresses, address",
    "boxes, box",
    "status, status",
    "news, news",
    "people, person",
    "line-items, lineItem",
    "analysis, analysis",
    "access, access"
  })
  void knows_one_of_many(String many, String one) {
    assertThat(Words.singular(many)).isEqualTo(one);
  }

  @ParameterizedTest
  @CsvSource({"v1, true", "2.0, true", "v1beta2, true", "orders, false", "vans, false"})
  void tells_versions_from_collections(String segment, boolean version) {
    assertThat(Words.version(segment)).isEqualTo(version);
  }
}
