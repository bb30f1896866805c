package dev.gatewarden.core.canon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.core.exchange.Target;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TargetReaderProperties {

  @Provide
  Arbitrary<String> targets() {
    return Arbitraries.of(
            "/",
            "a",
            "Z9",
            ".",
            "..",
            "%2e",
            "%2F",
            "%61",
            "%C3%A9",
            "%e2%82%ac",
            "%25",
            "%",
            "41",
            "?",
            "&",
            "=",
            "+",
            "%20",
            "%26",
            "%3D",
            ";",
            "%3B",
            "~",
            "-",
            ":",
            "%00",
            "%FF",
            ",",
            "[",
            "#",
            "%7C",
            "|",
            "x=",
            "&y",
            "\\")
        .list()
        .ofMaxSize(12)
        .map(parts -> "/" + String.join("", parts));
  }

  @Property(tries = 5000)
  void reading_twice_is_reading_once(@ForAll("targets") String raw) {
    if (TargetReader.read(raw) instanceof OneReading.Clear<Target>(Target once)) {
      assertThat(TargetReader.read(once.text())).isEqualTo(OneReading.of(once));
    }
  }

  @Property(tries = 5000)
  void the_canonical_path_means_what_the_raw_path_meant(@ForAll("targets") String raw) {
    if (TargetReader.read(raw) instanceof OneReading.Clear<Target>(Target once)) {
      String before = raw.indexOf('?') < 0 ? raw : raw.substring(0, raw.indexOf('?'));
      assertThat(PathReader.decode(once.path(), 0, once.path().length()))
          .isEqualTo(URLDecoder.decode(before.replace("+", "%2B"), StandardCharsets.UTF_8));
      assertThat(once.path()).doesNotContain("//", ";", "\\", "+", "%2F", "%5C");
    }
  }

  @Property(tries = 5000)
  void the_canonical_query_means_what_its_pairs_say(@ForAll("targets") String raw) {
    if (TargetReader.read(raw) instanceof OneReading.Clear<Target>(Target once)) {
      int at = 0;
      for (String part : once.query().text().split("&")) {
        if (!part.isEmpty()) {
          Query.Pair pair = once.query().pairs().get(at++);
          String[] sides = part.split("=", 2);
          assertThat(URLDecoder.decode(sides[0], StandardCharsets.UTF_8)).isEqualTo(pair.name());
          String value = sides.length == 1 ? "" : sides[1];
          assertThat(URLDecoder.decode(value, StandardCharsets.UTF_8)).isEqualTo(pair.value());
        }
      }
      assertThat(at).isEqualTo(once.query().pairs().size());
    }
  }

  @Property(tries = 5000)
  void any_text_is_read_or_refused(@ForAll String noise) {
    assertThat(TargetReader.read(noise)).isNotNull();
    assertThat(TargetReader.read("/" + noise)).isNotNull();
    assertThat(Host.read(noise)).isNotNull();
    assertThat(Cookies.read(java.util.List.of(noise))).isNotNull();
  }

  @Property(tries = 2000)
  void an_encoded_segment_is_canonical_or_refused(@ForAll String text) {
    String raw = "/" + PathReader.encode(text);
    if (PathReader.read(raw) instanceof OneReading.Clear<String>(String path)) {
      assertThat(path).isEqualTo(raw);
      assertThat(PathReader.decode(path, 1, path.length())).isEqualTo(text);
    }
  }
}
