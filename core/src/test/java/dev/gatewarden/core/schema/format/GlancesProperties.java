package dev.gatewarden.core.schema.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// A glance may leave a text to a closer look, but never sees what the closer look refuses.
class GlancesProperties {

  private interface Glance {
    int quote(byte[] b, int from, int to);
  }

  private interface Closer {
    boolean holds(byte[] b, int from, int to);
  }

  private record Format(String name, Glance glance, Closer closer, List<String> texts) {}

  private static final String ODD = "\"\\\u0000 -.:/@?#%_~TZtz+09azAF[]é{|}";
  private static final String PADDING = "\":1,\"b\":[1,2,3,4,5,6,7]}";

  private static final List<Format> FORMATS =
      List.of(
          new Format(
              "uri",
              Glances::uri,
              Uris::uri,
              List.of(
                  "https://example.com/a/b?c=d_e~f",
                  "http://a",
                  "https://api.example.com/repos/one/Two-three/issues/1347")),
          new Format(
              "date-time",
              Glances::dateTime,
              Dates::dateTime,
              List.of(
                  "2026-01-15T10:20:30Z",
                  "1999-12-28T23:59:59.125+01:00",
                  "0001-10-10T00:00:00-23:59")),
          new Format("date", Glances::date, Dates::date, List.of("2026-01-15", "2000-12-30")),
          new Format(
              "uuid",
              Glances::uuid,
              Tokens::uuid,
              List.of(
                  "7c9e6679-7425-40de-944b-e07fc1f90ae7", "ABCDEF01-2345-6789-abcd-ef0123456789")),
          new Format(
              "email",
              Glances::email,
              Addresses::email,
              List.of("ada.moreau@example.com", "a+b_c@d-e.f9", "x@y")));

  private static byte[] document(String text) {
    return (text + PADDING).getBytes(StandardCharsets.UTF_8);
  }

  @Example
  void sees_the_usual_texts() {
    for (Format format : FORMATS) {
      for (String text : format.texts()) {
        byte[] json = document(text);
        assertThat(format.glance().quote(json, 0, json.length))
            .as(format.name() + " " + text)
            .isEqualTo(text.length());
      }
    }
  }

  @Property(tries = 3_000)
  void never_sees_what_a_closer_look_refuses(@ForAll long seed) {
    Random random = new Random(seed);
    Format format = FORMATS.get(random.nextInt(FORMATS.size()));
    StringBuilder text =
        new StringBuilder(format.texts().get(random.nextInt(format.texts().size())));
    for (int edits = random.nextInt(4); edits > 0; edits--) {
      int at = random.nextInt(text.length());
      char odd = ODD.charAt(random.nextInt(ODD.length()));
      switch (random.nextInt(3)) {
        case 0 -> text.setCharAt(at, odd);
        case 1 -> text.insert(at, odd);
        default -> text.deleteCharAt(text.length() > 1 ? at : 0).append('0');
      }
    }
    byte[] json = document(text.toString());
    int to = random.nextInt(3) == 0 ? random.nextInt(json.length) + 1 : json.length;
    int quote = format.glance().quote(json, 0, to);
    if (quote < 0) {
      return;
    }
    assertThat(quote).as(format.name() + " " + text).isLessThan(to);
    assertThat(json[quote]).isEqualTo((byte) '"');
    for (int i = 0; i < quote; i++) {
      assertThat(json[i]).as(format.name() + " " + text).isGreaterThanOrEqualTo((byte) ' ');
      assertThat(json[i]).isNotEqualTo((byte) '\\').isNotEqualTo((byte) '"');
    }
    assertThat(format.closer().holds(json, 0, quote)).as(format.name() + " " + text).isTrue();
  }
}
