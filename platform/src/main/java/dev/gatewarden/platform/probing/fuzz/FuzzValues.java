package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.schema.pattern.Example;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Values for a place of a request: those that its schema takes, with its bounds among them, and
/// those with exactly one thing wrong.
final class FuzzValues {
  private static final String LETTERS = "abcXYZ019 -_.'éß漢🙂";
  private static final int LONGEST = 5_000;

  private final FuzzPlace place;
  private final RandomGenerator random;

  FuzzValues(FuzzPlace place, RandomGenerator random) {
    this.place = place;
    this.random = random;
  }

  /// A value that the schema takes, or null where none was found.
  @Nullable Node right() {
    for (int tries = 0; tries < 8; tries++) {
      Node value = maybe();
      if (Boolean.TRUE.equals(place.takes(value))) {
        return value;
      }
    }
    return null;
  }

  private Node maybe() {
    if (place.flat().get("enum") instanceof Node.Arr all && !all.items().isEmpty()) {
      return all.items().get(random.nextInt(all.items().size()));
    }
    Node constant = place.flat().get("const");
    if (constant != null) {
      return constant;
    }
    return switch (place.type()) {
      case "integer" -> Json.of(whole());
      case "number" ->
          random.nextBoolean()
              ? Json.of(whole())
              : Json.number(whole() + "." + random.nextInt(1, 10));
      case "boolean" -> Json.of(random.nextBoolean());
      default -> Json.of(text());
    };
  }

  private long whole() {
    long low = bound("minimum", "exclusiveMinimum", 0);
    long high = Math.max(low, bound("maximum", "exclusiveMaximum", Math.max(low, 0) + 1_000));
    return switch (random.nextInt(4)) {
      case 0 -> low;
      case 1 -> high;
      default -> high - low <= 0 ? low : random.nextLong(low, high);
    };
  }

  private long bound(String word, String beyond, long usual) {
    Node at = place.flat().get(word) == null ? place.flat().get(beyond) : place.flat().get(word);
    if (!(at instanceof Node.Num number)) {
      return usual;
    }
    BigDecimal most = BigDecimal.valueOf(1L << 52);
    return number.value().min(most).max(most.negate()).longValue();
  }

  private String text() {
    if (place.flat().get("pattern") instanceof Node.Text pattern) {
      return Example.of(pattern.value()).orElse("a");
    }
    String format = place.flat().get("format") instanceof Node.Text said ? said.value() : "";
    String formed =
        switch (format) {
          case "date" -> "20" + random.nextInt(20, 40) + "-0" + random.nextInt(1, 10) + "-28";
          case "date-time" -> "20" + random.nextInt(20, 40) + "-02-28T23:59:59Z";
          case "uuid" ->
              new java.util.UUID(
                      random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() >>> 2 | 1L << 63)
                  .toString();
          case "email" -> "a" + random.nextInt(1_000) + "@example.com";
          case "uri", "url" -> "https://example.com/" + random.nextInt(1_000);
          default -> "";
        };
    if (!formed.isEmpty()) {
      return formed;
    }
    int low = (int) Math.clamp(bound("minLength", "", 1), 0L, LONGEST);
    int high = Math.clamp(bound("maxLength", "", low + 40L), low, LONGEST);
    int length =
        random.nextBoolean() ? random.nextInt(low, high + 1) : random.nextBoolean() ? high : low;
    int[] letters = LETTERS.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      // blanks at the ends are cut off by some, and rightly so
      int letter = letters[random.nextInt(letters.length)];
      text.appendCodePoint(letter == ' ' && (i == 0 || i == length - 1) ? 'b' : letter);
    }
    return text.toString();
  }

  /// A value with one thing wrong, or null where nothing can be.
  @Nullable Node wrong() {
    List<Node> choices = new ArrayList<>();
    switch (place.type()) {
      case "integer", "number" -> {
        choices.add(Json.of("seven"));
        choices.add(Json.of(bound("minimum", "exclusiveMinimum", 0) - 1));
        choices.add(Json.of(bound("maximum", "exclusiveMaximum", 0) + 1));
        choices.add(Json.number("1.5"));
      }
      case "boolean" -> choices.add(Json.of("maybe"));
      default -> {
        choices.add(Json.of("~not one of them~"));
        choices.add(
            Json.of("a".repeat((int) Math.clamp(bound("maxLength", "", 0) + 1, 1L, 100_000L))));
        long least = bound("minLength", "", 0);
        if (least > 1) {
          choices.add(Json.of("a".repeat((int) Math.clamp(least - 1, 1L, LONGEST))));
        }
        if (place.inBody()) {
          choices.add(Json.of(7));
          choices.add(Json.EMPTY);
        }
      }
    }
    choices.removeIf(each -> !Boolean.FALSE.equals(place.takes(each)));
    return choices.isEmpty() ? null : choices.get(random.nextInt(choices.size()));
  }

  /// Simpler values on the way from one that does no harm to one that does: halfway between them.
  static @Nullable Node between(Node simple, Node harmful) {
    if (simple instanceof Node.Num low && harmful instanceof Node.Num high) {
      BigDecimal middle =
          low.value()
              .add(high.value())
              .divide(BigDecimal.valueOf(2), 0, java.math.RoundingMode.FLOOR);
      boolean done = middle.compareTo(low.value()) == 0 || middle.compareTo(high.value()) == 0;
      return done ? null : Json.number(middle.toPlainString());
    }
    if (simple instanceof Node.Text low && harmful instanceof Node.Text high) {
      int from = low.value().codePointCount(0, low.value().length());
      int to = high.value().codePointCount(0, high.value().length());
      int middle = (from + to) / 2;
      return middle <= from || middle >= to
          ? null
          : Json.of(high.value().substring(0, high.value().offsetByCodePoints(0, middle)));
    }
    return null;
  }
}
