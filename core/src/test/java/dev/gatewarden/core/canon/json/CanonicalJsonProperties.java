package dev.gatewarden.core.canon.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/// Held against a slow twin: a tree, a sorted map, and digits tried one by one.
class CanonicalJsonProperties {
  private static final String[] TEXTS = {
    "a", "b", "A", "é", "e\u0301", "€", "😀", "\uFB33", "\u0080", "\n", "\"", "\\", "/", "\u0001",
    ""
  };

  @Property(tries = 3000)
  void is_what_the_slow_twin_writes(@ForAll long seed) {
    String json = document(new Random(seed), 4);
    assertThat(canonical(json)).as(json).isEqualTo(twin(json));
  }

  @Property(tries = 3000)
  void the_form_of_a_form_is_itself(@ForAll long seed) {
    String once = canonical(document(new Random(seed), 4));
    if (once != null) {
      assertThat(canonical(once)).isEqualTo(once);
    }
  }

  @Property(tries = 20_000)
  void numbers_come_back_as_they_were_and_are_as_short_as_can_be(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    if (!Double.isNaN(value) && !Double.isInfinite(value)) {
      String form = CanonicalNumber.of(value);
      assertThat(Double.parseDouble(form)).isEqualTo(value == 0 ? 0 : value);
      assertThat(form).isEqualTo(number(value));
    }
  }

  @Property(tries = 5_000)
  void numbers_have_one_exact_form_where_their_values_are_the_same(@ForAll long seed) {
    Random random = new Random(seed);
    String one = spelled(random);
    String other = spelled(random);
    assertThat(String.valueOf(CanonicalNumber.exact(one)).equals(CanonicalNumber.exact(other)))
        .as(one + " and " + other)
        .isEqualTo(new BigDecimal(one).compareTo(new BigDecimal(other)) == 0);
  }

  /// Few values, in many spellings.
  private static String spelled(Random random) {
    String sign = random.nextInt(3) == 0 ? "-" : "";
    String digits = String.valueOf(random.nextInt(3) * 10);
    String zeros = "0".repeat(random.nextInt(3));
    String fraction = random.nextInt(2) == 0 ? "" : "." + random.nextInt(2) + zeros;
    String exponent =
        switch (random.nextInt(4)) {
          case 0 -> "e" + (random.nextInt(5) - 2);
          case 1 -> "E+0" + random.nextInt(3);
          case 2 -> "e-00" + random.nextInt(3);
          default -> "";
        };
    return sign + digits + fraction + exponent;
  }

  private static String document(Random random, int depth) {
    return switch (depth == 0 ? random.nextInt(4) : random.nextInt(7)) {
      case 0 -> literal(random);
      case 1 -> text(random);
      case 2 -> random.nextBoolean() ? "true" : "null";
      case 3 -> literal(random);
      case 4 -> {
        StringBuilder array = new StringBuilder("[ ");
        for (int i = random.nextInt(4); i > 0; i--) {
          array.append(document(random, depth - 1)).append(i > 1 ? " ,\n" : "");
        }
        yield array.append(']').toString();
      }
      default -> {
        StringBuilder object = new StringBuilder("{\t");
        for (int i = random.nextInt(5); i > 0; i--) {
          object.append(text(random)).append(" : ").append(document(random, depth - 1));
          object.append(i > 1 ? "\r\n, " : "");
        }
        yield object.append('}').toString();
      }
    };
  }

  private static String literal(Random random) {
    String digits = Long.toString(random.nextLong());
    return switch (random.nextInt(5)) {
      case 0 -> digits;
      case 1 -> Double.toString(Double.longBitsToDouble(random.nextLong() & 0x7FCFFFFFFFFFFFFFL));
      case 2 -> random.nextInt(100) + "." + random.nextInt(1000);
      case 3 -> random.nextInt(10) + "e" + (random.nextInt(700) - 350);
      default -> Integer.toString(random.nextInt(10));
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = random.nextInt(3); i > 0; i--) {
      String piece = TEXTS[random.nextInt(TEXTS.length)];
      for (char c : piece.toCharArray()) {
        boolean must = c < ' ' || c == '"' || c == '\\';
        if (must || random.nextInt(4) == 0) {
          text.append("\\u").append(java.util.HexFormat.of().toHexDigits(c));
        } else {
          text.append(c);
        }
      }
    }
    return text.append('"').toString();
  }

  private static @Nullable String canonical(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    byte[] form = CanonicalJson.of(bytes, 0, bytes.length, 64);
    return form == null ? null : new String(form, StandardCharsets.UTF_8);
  }

  private static @Nullable String twin(String json) {
    try {
      Node node =
          new DocumentReader(Bounds.DEFAULT)
              .read(
                  new Place.Origin(URI.create("file:/t.json"), "t.json"),
                  json.getBytes(StandardCharsets.UTF_8));
      StringBuilder to = new StringBuilder();
      return write(node, to) ? to.toString() : null;
    } catch (dev.gatewarden.core.document.ProblemsException refused) {
      return null;
    }
  }

  private static boolean write(Node node, StringBuilder to) {
    switch (node) {
      case Node.Obj object -> {
        TreeMap<String, Node> sorted = new TreeMap<>();
        object.entries().forEach(member -> sorted.put(member.name(), member.value()));
        String between = "{";
        for (var each : sorted.entrySet()) {
          to.append(between);
          quote(each.getKey(), to);
          to.append(':');
          if (!write(each.getValue(), to)) {
            return false;
          }
          between = ",";
        }
        to.append(sorted.isEmpty() ? "{}" : "}");
      }
      case Node.Arr array -> {
        String between = "[";
        for (Node each : array.items()) {
          to.append(between);
          if (!write(each, to)) {
            return false;
          }
          between = ",";
        }
        to.append(array.items().isEmpty() ? "[]" : "]");
      }
      case Node.Text text -> quote(text.value(), to);
      case Node.Num number -> {
        double value = new BigDecimal(number.literal()).doubleValue();
        if (Double.isInfinite(value)) {
          return false;
        }
        to.append(number(value));
      }
      case Node.Bool bool -> to.append(bool.value());
      case Node.Null _ -> to.append("null");
    }
    return true;
  }

  private static void quote(String text, StringBuilder to) {
    to.append('"');
    for (char c : text.toCharArray()) {
      int kind = "\b\t\n\f\r\"\\".indexOf(c);
      if (kind >= 0) {
        to.append('\\').append("btnfr\"\\".charAt(kind));
      } else if (c < ' ') {
        to.append("\\u").append(java.util.HexFormat.of().toHexDigits(c));
      } else {
        to.append(c);
      }
    }
    to.append('"');
  }

  /// ECMA-262, Number::toString, by its letter: the fewest digits that come back, nearest first.
  private static String number(double value) {
    if (value == 0) {
      return "0";
    }
    BigDecimal exact = new BigDecimal(Math.abs(value));
    BigDecimal shortest = exact;
    for (int precision = 1; precision <= 17; precision++) {
      BigDecimal nearest = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
      if (nearest.doubleValue() == Math.abs(value)) {
        shortest = nearest.stripTrailingZeros();
        break;
      }
    }
    String s = shortest.unscaledValue().toString();
    int k = s.length();
    int n = k - shortest.scale();
    String text;
    if (k <= n && n <= 21) {
      text = s + "0".repeat(n - k);
    } else if (0 < n && n <= 21) {
      text = s.substring(0, n) + "." + s.substring(n);
    } else if (-6 < n && n <= 0) {
      text = "0." + "0".repeat(-n) + s;
    } else {
      String sign = n - 1 < 0 ? "-" : "+";
      text = s.charAt(0) + (k == 1 ? "" : "." + s.substring(1)) + "e" + sign + Math.abs(n - 1);
    }
    return (value < 0 ? "-" : "") + text;
  }
}
