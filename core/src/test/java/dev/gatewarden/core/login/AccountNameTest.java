package dev.gatewarden.core.login;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann@example.com",
        "ANN@Example.COM",
        " ann@example.com\t",
        "ann+tag@example.com",
        "ann@example.com.",
        "\u00e4nn@example.com",
        "a\u0308nn@example.com",
        "\uff41nn@example.com",
        "a\u200bnn@example.com",
        "ann\u00ad@example.com",
        "ann@\u202eexample.com"
      })
  void spellings_of_one_address_are_one(String spelling) {
    assertThat(AccountName.loose(spelling)).isEqualTo("ann@example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.n.n@gmail.com", "ann@googlemail.com", "A.nn+x@GMail.com"})
  void dots_say_nothing_where_one_mailbox_takes_them_all(String spelling) {
    assertThat(AccountName.loose(spelling)).isEqualTo("ann@gmail.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+49 170 1234", "0049 (170) 12-34", "491701234", "+49.170.1234"})
  void a_telephone_number_is_its_digits(String spelling) {
    assertThat(AccountName.loose(spelling)).isEqualTo("491701234");
  }

  @Test
  void different_accounts_stay_apart() {
    assertThat(AccountName.loose("a.nn@example.com")).isNotEqualTo("ann@example.com");
    assertThat(AccountName.loose("ann@example.org")).isNotEqualTo("ann@example.com");
    assertThat(AccountName.loose("+ann@example.com")).isEqualTo("+ann@example.com");
    assertThat(AccountName.loose("ann")).isEqualTo("ann");
  }
}
