package dev.gatewarden.core.canon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.core.exchange.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "a=1 | a=1 | [a:1]",
        "a=1&b=2 | a=1&b=2 | [a:1][b:2]",
        "a=1&a=2 | a=1&a=2 | [a:1][a:2]",
        "a | a | [a:]",
        "a= | a= | [a:]",
        "a=b=c== | a=b=c== | [a:b=c==]",
        "a=b+c | a=b%20c | [a:b c]",
        "a=b%20c | a=b%20c | [a:b c]",
        "a=b%2Bc | a=b%2Bc | [a:b+c]",
        "%61=%62 | a=b | [a:b]",
        "a=%26%3D%23 | a=%26=%23 | [a:&=#]",
        "a%3Db=c | a%3Db=c | [a=b:c]",
        "a=1%3B2 | a=1%3B2 | [a:1;2]",
        "a=1,2%2c3 | a=1,2%2C3 | [a:1,2,3]",
        "a%2Cb=1 | a,b=1 | [a,b:1]",
        "f[x]=1 | f%5Bx%5D=1 | [f[x]:1]",
        "a=x|y | a=x%7Cy | [a:x|y]",
        "a=/b?c:d@e | a=/b?c:d@e | [a:/b?c:d@e]",
        "to=https%3A%2F%2Fa%2Fb%2520c | to=https://a/b%2520c | [to:https://a/b%20c]",
        "a=%09 | a=%09 | [a:TAB]",
        "&a=1 | a=1 | [a:1]",
        "a=1& | a=1 | [a:1]",
        "a=1&&b=%41&c=3 | a=1&b=A&c=3 | [a:1][b:A][c:3]",
        "q=%c3%a9 | q=%C3%A9 | [q:é]",
      })
  void reads_a_query(String raw, String canonical, String pairs) {
    Target target = clear("/p?" + raw);
    assertThat(target.path()).isEqualTo("/p");
    assertThat(target.query().text()).isEqualTo(canonical);
    StringBuilder seen = new StringBuilder();
    for (Query.Pair pair : target.query().pairs()) {
      seen.append('[').append(pair.name()).append(':').append(pair.value()).append(']');
    }
    assertThat(seen.toString()).isEqualTo(pairs.replace("TAB", "\t"));
    assertThat(clear(target.text())).isEqualTo(target);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "a=1;b=2 | QUERY_SEPARATOR",
        ";  | QUERY_SEPARATOR",
        "=1 | EMPTY_NAME",
        "a=1&=2 | EMPTY_NAME",
        "= | EMPTY_NAME",
        "a=% | BROKEN_ESCAPE",
        "a=%2 | BROKEN_ESCAPE",
        "a=%2&b=1 | BROKEN_ESCAPE",
        "%g1=1 | BROKEN_ESCAPE",
        "a=%ff | NOT_UTF8",
        "a=%C0%AF | NOT_UTF8",
        "a=%00 | CONTROL_CHARACTER",
        "a%0A=1 | CONTROL_CHARACTER",
        "a%00=%2e | CONTROL_CHARACTER",
        "%2561=1 | DOUBLE_ENCODING",
        "a=e%CC%81 | NOT_NORMALIZED",
        "e%CC%81=1 | NOT_NORMALIZED",
        "a=1#b | FRAGMENT",
        "a=é | ILLEGAL_CHARACTER",
      })
  void refuses_a_query(String raw, String why) {
    assertThat(TargetReader.read("/p?" + raw))
        .isEqualTo(OneReading.refused(Ambiguity.valueOf(why)));
  }

  @Test
  void keeps_a_plain_query_as_it_is() {
    assertThat(clear("/p?").query()).isSameAs(Query.NONE);
    assertThat(clear("/p?&&").query()).isSameAs(Query.NONE);
    assertThat(clear("/p").text()).isEqualTo("/p");
  }

  @Test
  void bounds_the_number_of_parameters() {
    assertThat(clear("/p?" + "a&".repeat(1000)).query().pairs()).hasSize(1000);
    assertThat(TargetReader.read("/p?" + "a&".repeat(1001)))
        .isEqualTo(OneReading.refused(Ambiguity.TOO_MANY_PARAMETERS));
  }

  @Test
  void refuses_a_path_whatever_the_query() {
    assertThat(TargetReader.read("/a/../b?c=d"))
        .isEqualTo(OneReading.refused(Ambiguity.DOT_SEGMENT));
    assertThat(TargetReader.read("?c=d")).isEqualTo(OneReading.refused(Ambiguity.NOT_ORIGIN_FORM));
  }

  static Target clear(String raw) {
    return ((OneReading.Clear<Target>) TargetReader.read(raw)).value();
  }
}
