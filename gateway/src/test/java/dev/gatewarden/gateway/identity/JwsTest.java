package dev.gatewarden.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.identity.TokenVerifier.Fault;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'crit':['exp']",
        "'crit':[]",
        "'b64':false",
        "'b64':true",
        "'zip':'DEF'",
        "'enc':'A128GCM'",
        "'jwk':{}",
        "'cty':'JWT'",
        "'cty':'application/jwt'",
        "'kid':7",
        "'typ':['at+jwt']",
        "'kid':['a']",
        "'alg':'ES256'",
      })
  void refuses_a_header_that_asks_for_more(String member) {
    assertThat(parse("{'alg':'ES256'," + member + "}"))
        .isEqualTo(new Jws.Parsed.Broken(Fault.MALFORMED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "NONE", "", "ES256K", "RS1", "es256", "HS1", "RSA-OAEP", "dir"})
  void knows_no_other_algorithm(String name) {
    assertThat(parse("{'alg':'" + name + "'}")).isEqualTo(new Jws.Parsed.Broken(Fault.ALGORITHM));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'alg':7}", "{'alg':null}", "[]", "'ES256'", "", "{'alg':'ES256'"})
  void refuses_a_header_without_an_algorithm(String header) {
    assertThat(parse(header)).isEqualTo(new Jws.Parsed.Broken(Fault.MALFORMED));
  }

  @ParameterizedTest
  @CsvSource({
    "JWT, jwt",
    "at+jwt, at+jwt",
    "application/at+jwt, at+jwt",
    "AT+JWT, at+jwt",
    "'', ''",
  })
  void reads_the_type_as_a_media_type(String type, String plain) {
    Jws jws = ((Jws.Parsed.Whole) parse("{'alg':'ES256','typ':'" + type + "'}")).jws();
    assertThat(jws.typ()).isEqualTo(plain);
  }

  @Test
  void looks_nowhere_for_keys_and_certificates() {
    for (String member :
        new String[] {"'x5c':['MII']", "'x5t':'x'", "'jku':'https://a.example'", "'x5u':'x'"}) {
      assertThat(parse("{'alg':'ES256'," + member + "}")).isInstanceOf(Jws.Parsed.Whole.class);
    }
  }

  @Test
  void bounds_the_name_of_a_key() {
    assertThat(parse("{'alg':'ES256','kid':'" + "k".repeat(512) + "'}"))
        .isInstanceOf(Jws.Parsed.Whole.class);
    assertThat(parse("{'alg':'ES256','kid':'" + "k".repeat(513) + "'}"))
        .isEqualTo(new Jws.Parsed.Broken(Fault.MALFORMED));
  }

  @Property(tries = 3000)
  void takes_any_text_apart_or_refuses_it(@ForAll String text) {
    assertThat(Jws.parse(text)).isNotNull();
    assertThat(Jws.parse(TestKey.part(text) + "." + TestKey.part(text) + ".AA")).isNotNull();
  }

  private static Jws.Parsed parse(String header) {
    return Jws.parse(TestKey.part(header.replace('\'', '"')) + ".e30.AA");
  }
}
