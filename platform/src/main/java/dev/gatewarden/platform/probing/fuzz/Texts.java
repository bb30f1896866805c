package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.schema.pattern.Example;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;

/// Texts for a flat schema: by its pattern, its format, its lengths.
final class Texts {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789 -_.";
  private static final String FOREIGN = "éßñжא漢字ｱ🙂'\"&<";
  private static final String FAMILIAR = "Zoë O'Brien-漢 🙂";
  private static final int LONGEST = 5_000;

  private Texts() {}

  static String some(Obj flat, RandomGenerator random) {
    if (flat.get("pattern") instanceof Node.Text(var _, String pattern)) {
      String made = Example.of(pattern, random).orElse("a");
      return fitted(flat, made, random);
    }
    String formed = formed(format(flat), random);
    if (!formed.isEmpty()) {
      return formed;
    }
    int low = least(flat);
    int high = Math.clamp(most(flat), low, Math.max(low + 24, 24));
    return letters(random.nextInt(Math.min(Math.max(low, 1), high), high + 1), random);
  }

  /// The shortest and the longest, and one of each script.
  static List<Node> bounds(Obj flat, RandomGenerator random) {
    List<Node> all = new ArrayList<>();
    boolean plain = flat.get("pattern") == null && formed(format(flat), random).isEmpty();
    if (plain) {
      if (flat.get("minLength") != null) {
        all.add(Json.of(letters(least(flat), random)));
      }
      if (flat.get("maxLength") != null && most(flat) <= LONGEST) {
        all.add(Json.of(letters(most(flat), random)));
      }
      int length = FAMILIAR.codePointCount(0, FAMILIAR.length());
      if (least(flat) <= length && length <= most(flat)) {
        all.add(Json.of(FAMILIAR));
      }
    }
    return all;
  }

  static String format(Obj flat) {
    if (flat.get("contentEncoding") instanceof Node.Text(var _, String coding)
        && coding.equalsIgnoreCase("base64")) {
      return "byte";
    }
    return flat.get("format") instanceof Node.Text(var _, String said) ? said : "";
  }

  static int least(Obj flat) {
    return flat.get("minLength") instanceof Node.Num number
        ? (int) Math.clamp(number.value().doubleValue(), 0d, LONGEST)
        : 0;
  }

  static int most(Obj flat) {
    return flat.get("maxLength") instanceof Node.Num number
        ? (int) Math.clamp(number.value().doubleValue(), 0d, 1e9)
        : Integer.MAX_VALUE;
  }

  private static String fitted(Obj flat, String text, RandomGenerator random) {
    StringBuilder here = new StringBuilder(text);
    while (here.codePointCount(0, here.length()) < least(flat)) {
      here.append(text.isEmpty() ? 'a' : text.charAt(random.nextInt(text.length())));
    }
    int most = most(flat);
    return here.length() > most ? here.substring(0, most) : here.toString();
  }

  /// So many characters; blanks at the ends are cut off by some, and rightly so.
  static String letters(int count, RandomGenerator random) {
    boolean foreign = random.nextInt(3) == 0;
    int[] all = (foreign ? LETTERS + FOREIGN : LETTERS).codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      int letter = all[random.nextInt(all.length)];
      boolean end = i == 0 || i == count - 1;
      text.appendCodePoint(end && !Character.isLetterOrDigit(letter) ? 'b' : letter);
    }
    return text.toString();
  }

  /// A text of a format; empty for one that says nothing.
  static String formed(String format, RandomGenerator random) {
    int n = random.nextInt(1, 250);
    return switch (format) {
      case "date" -> date(random);
      case "date-time" ->
          date(random) + (random.nextBoolean() ? "T23:59:59Z" : "T08:30:00.125+02:00");
      case "time" -> random.nextBoolean() ? "00:00:00Z" : "23:59:59.5+01:00";
      case "duration" -> "P" + n + "DT" + random.nextInt(24) + "H";
      case "uuid" -> uuid(random);
      case "email", "idn-email" ->
          "probe" + n + (random.nextBoolean() ? "+x" : "") + "@example.com";
      case "uri", "url", "iri" -> "https://example.com/" + n + "?a=b%20c#d";
      case "uri-reference", "iri-reference" -> "/a/" + n;
      case "hostname", "idn-hostname" -> "h" + n + ".example.com";
      case "ipv4", "ip" -> "192.0.2." + n;
      case "ipv6" -> random.nextBoolean() ? "2001:db8::" + n : "::1";
      case "byte" ->
          Base64.getEncoder()
              .encodeToString(
                  letters(random.nextInt(1, 20), random).getBytes(StandardCharsets.UTF_8));
      case "json-pointer" -> "/a/" + n;
      case "regex" -> "^a{" + n + "}$";
      default -> "";
    };
  }

  private static String date(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> "2028-02-29";
      case 1 -> "1999-12-31";
      default ->
          "20"
              + random.nextInt(20, 40)
              + "-0"
              + random.nextInt(1, 10)
              + "-"
              + random.nextInt(10, 29);
    };
  }

  private static String uuid(RandomGenerator random) {
    StringBuilder text = new StringBuilder("xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx");
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == 'x') {
        text.setCharAt(i, Character.forDigit(random.nextInt(16), 16));
      }
    }
    return text.toString();
  }
}
