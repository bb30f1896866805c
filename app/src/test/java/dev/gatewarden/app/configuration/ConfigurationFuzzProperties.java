package dev.gatewarden.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Whatever is done to a sound file, the reader answers with the configuration or with problems.
final class ConfigurationFuzzProperties {
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ": ",
    "- ",
    "\n",
    "  ",
    "null",
    "''",
    "\"",
    "&a ",
    "*a",
    "!!int ",
    "0x1F",
    "1e999",
    "-1",
    "off",
    "~",
    "#",
    "?",
    "|",
    ">",
    "%",
    "é",
    "\u0000",
    "9999999999999999999",
    "env:",
    "file:",
    "http://",
    "https://[::1",
    "./",
    "2027-13-45",
    "5s",
    "1MiB",
    "<<: ",
    "\t",
    "---\n"
  };

  @Property(tries = 1500)
  void never_fails_otherwise(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int changes) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(Texts.SHOP);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(12)));
        case 2 -> text.setCharAt(at, (char) random.nextInt(128));
        default -> {
          int to = Math.min(text.length(), at + 1 + random.nextInt(30));
          text.insert(random.nextInt(text.length()), text.substring(at, to));
        }
      }
      if (text.isEmpty()) {
        return;
      }
    }
    assertThat(Texts.problems(text.toString())).doesNotContain("");
  }
}
