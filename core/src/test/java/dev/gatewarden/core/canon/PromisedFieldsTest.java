package dev.gatewarden.core.canon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.exchange.Headers;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromisedFieldsTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      nullValues = "-",
      value = {
        "Accept: a | -",
        "Accept: a, Accept: b | -",
        "X-Any: a, X-Any: b | -",
        "Content-Type: a | -",
        "Content-Type: a, content-type: a | REPEATED_FIELD",
        "Authorization: a, AUTHORIZATION: b | REPEATED_FIELD",
        "Cookie: a=b, Cookie: c=d | REPEATED_FIELD",
        "Origin: a, X: b, Origin: a | REPEATED_FIELD",
        "X_Any: a | -",
        "X_Any: a, X-Any: b | LOOKALIKE_FIELD",
        "X_Any: a, x_any: b | LOOKALIKE_FIELD",
        "X_Any-Thing: a, X-Any_Thing: b | LOOKALIKE_FIELD",
        "X_Forwarded_For: a | LOOKALIKE_FIELD",
        "X-Forwarded_Host: a | LOOKALIKE_FIELD",
        "Content_Type: a | LOOKALIKE_FIELD",
        "Content_Length: 1 | LOOKALIKE_FIELD",
        "Transfer_Encoding: chunked | LOOKALIKE_FIELD",
        "X_Tenant: a | LOOKALIKE_FIELD",
        "x-tenant: a | -",
        "api_key: a | -",
        "api-key: a | LOOKALIKE_FIELD",
        "X-HTTP-Method-Override: DELETE | OVERRIDING_FIELD",
        "X_HTTP_Method_Override: DELETE | OVERRIDING_FIELD",
        "X-Method-Override: DELETE | OVERRIDING_FIELD",
        "X-Original-URL: /admin | OVERRIDING_FIELD",
        "X-Rewrite-URL: /admin | OVERRIDING_FIELD",
        "X-HTTP-Method: PUT | -",
        "Connection: close | -",
        "Connection: keep-alive | -",
        "Connection: close; X-Hop | -",
        "Connection: X-Tenant | REMOVED_FIELD",
        "Connection: close; x-tenant | REMOVED_FIELD",
        "Connection: Authorization | REMOVED_FIELD",
        "Connection: cookie | REMOVED_FIELD",
        "Connection: X-Forwarded-For | REMOVED_FIELD",
        "Connection: Upgrade; HTTP2-Settings | -",
        "X-Tenant: Ã© | FIELD_NOT_ASCII",
        "X-Any: Ã© | -",
      })
  void finds_the_one_reading_or_says_why_there_is_none(String lines, @Nullable String why) {
    PromisedFields promised = new PromisedFields(List.of("X-Tenant", "api_key", "X-HTTP-Method"));
    Lines headers = Lines.of(lines);
    assertThat(promised.fault(FieldReader.read(headers), headers))
        .isEqualTo(why == null ? null : Ambiguity.valueOf(why));
  }

  private record Lines(List<String[]> all) implements Headers {
    static Lines of(String text) {
      return new Lines(
          Arrays.stream(text.split(", "))
              .map(line -> line.split(": ", 2))
              .map(line -> new String[] {line[0], line[1].replace(';', ',')})
              .toList());
    }

    @Override
    public @Nullable String first(String name) {
      return all(name).isEmpty() ? null : all(name).getFirst();
    }

    @Override
    public List<String> all(String name) {
      return all.stream().filter(line -> line[0].equalsIgnoreCase(name)).map(l -> l[1]).toList();
    }

    @Override
    public void each(BiConsumer<String, String> line) {
      all.forEach(each -> line.accept(each[0], each[1]));
    }
  }
}
