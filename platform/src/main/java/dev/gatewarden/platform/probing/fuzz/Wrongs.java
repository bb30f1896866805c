package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What may be wrong with one place: each with a single thing that its schema forbids, or that is
/// odd. Nobody has judged them yet.
final class Wrongs {
  private static final int LONG = 20_000;

  private final RandomGenerator random;
  private final List<Wrong> all = new ArrayList<>();

  /// @param value null where what stands there is taken away
  record Wrong(Rule rule, @Nullable Node value) {}

  private Wrongs(RandomGenerator random) {
    this.random = random;
  }

  static List<Wrong> of(Site site, RandomGenerator random) {
    Wrongs wrongs = new Wrongs(random);
    Obj flat = site.flat();
    wrongs.types(flat);
    if (flat.get("enum") != null || flat.get("const") != null) {
      wrongs.choices(flat);
    } else {
      switch (Shapes.type(flat)) {
        case "integer", "number" -> wrongs.numbers(flat);
        case "string" -> wrongs.texts(flat);
        case "array" -> wrongs.arrays(site.value());
        case "object" -> wrongs.objects(flat, site.value());
        default -> {}
      }
    }
    if (site.required() && !site.path().isEmpty()) {
      wrongs.add(Rule.MISSING, null);
    }
    return wrongs.all;
  }

  private void add(Rule rule, @Nullable Node value) {
    all.add(new Wrong(rule, value));
  }

  private void types(Obj flat) {
    switch (Shapes.type(flat)) {
      case "integer", "number" -> {
        add(Rule.TYPE, Json.of("seven"));
        add(Rule.TYPE, Json.of(true));
        add(Rule.DIGITS, Json.of("٧"));
        add(Rule.DIGITS, Json.of("７"));
      }
      case "boolean" -> {
        add(Rule.TYPE, Json.of("maybe"));
        add(Rule.TYPE, Json.of(7));
      }
      case "string" -> {
        add(Rule.TYPE, Json.of(7));
        add(Rule.TYPE, Json.of(List.of(Json.of("a"))));
        add(Rule.TYPE, Json.EMPTY);
      }
      case "array" -> {
        add(Rule.TYPE, Json.of("a"));
        add(Rule.TYPE, Json.of(Map.of("0", Json.of("a"))));
      }
      case "object" -> {
        add(Rule.TYPE, Json.of("a"));
        add(Rule.TYPE, Json.of(List.<Node>of()));
      }
      default -> {}
    }
    add(Rule.NULL, Json.NULL);
  }

  private void choices(Obj flat) {
    add(Rule.CHOICE, Json.of("~not one of them~"));
    Node first =
        flat.get("enum") instanceof Arr(var _, List<Node> given) && !given.isEmpty()
            ? given.getFirst()
            : flat.get("const");
    switch (first) {
      case Node.Text(var _, String text) -> {
        add(Rule.CHOICE, Json.of(text + "x"));
        add(Rule.CHOICE, Json.of(wide(text)));
      }
      case Node.Num number ->
          add(
              Rule.CHOICE,
              Json.number(number.value().add(BigDecimal.valueOf(1_000)).toPlainString()));
      case null, default -> {}
    }
  }

  private void numbers(Obj flat) {
    Numbers numbers = Numbers.of(flat);
    add(Rule.SMALLER, numbers.below());
    add(Rule.GREATER, numbers.above());
    add(Rule.STEP, numbers.between());
    if (numbers.whole()) {
      add(Rule.FRACTION, Json.number("1.5"));
    }
    for (String huge : List.of("2147483648", "9223372036854775808", "1e400", "-1e400", "-0")) {
      add(Rule.HUGE, Json.number(huge));
    }
    all.removeIf(each -> each.rule() != Rule.MISSING && each.value() == null);
  }

  private void texts(Obj flat) {
    int most = Texts.most(flat);
    String right = Texts.some(flat, random);
    if (most < LONG) {
      add(Rule.LONGER, Json.of(right + "a".repeat(Math.max(1, most + 1 - right.length()))));
    }
    int least = Texts.least(flat);
    if (least > 0) {
      add(Rule.SHORTER, Json.of("a".repeat(least - 1)));
    }
    if (flat.get("pattern") != null) {
      for (String each : List.of(right + "~", "~" + right, right + "\n", wide(right), "", "~")) {
        add(Rule.PATTERN, Json.of(each));
      }
    }
    for (String each : misspelt(Texts.format(flat))) {
      add(Rule.FORMAT, Json.of(each));
    }
    if (Texts.format(flat).equals("byte")) {
      for (String each : List.of("-_-_", "YQ", "YQ==\n", "Y Q = =")) {
        add(Rule.BASE64, Json.of(each));
      }
    }
    for (String each : List.of("\u0000", "e\u0301 \u00e9", "\u202e\ufeff", "a".repeat(LONG))) {
      add(Rule.ODD_TEXT, Json.of(each));
    }
  }

  private static List<String> misspelt(String format) {
    return switch (format) {
      case "date" -> List.of("2026-02-30", "2026-13-01", "tomorrow", "01/02/2026");
      case "date-time" -> List.of("2026-02-30T10:00:00Z", "2026-01-01T25:00:00Z", "tomorrow");
      case "time" -> List.of("25:00:00Z", "noon");
      case "duration" -> List.of("one day", "P");
      case "uuid" -> List.of("6f1c1f64-0d3a-4c5e-9b1f-2f8a4f0e7a0g", "6f1c1f64", "none");
      case "email", "idn-email" -> List.of("nobody", "a@", "@example.com", "a b@example.com");
      case "uri", "url", "iri" -> List.of("no uri at all", "http://[::1", "%zz");
      case "hostname", "idn-hostname" -> List.of("-a-.example.com", "a b", "a..b");
      case "ipv4", "ip" -> List.of("256.1.1.1", "1.2.3", "01.02.03.004");
      case "ipv6" -> List.of(":::", "1:2:3", "gggg::1");
      case "byte" -> List.of("a*b=", "=", "YQ==YQ");
      case "json-pointer" -> List.of("a/b", "/~2");
      case "regex" -> List.of("(", "[a");
      default -> List.of();
    };
  }

  /// The same letters, twice as wide (U+FF01 and on).
  static String wide(String text) {
    StringBuilder wide = new StringBuilder();
    text.codePoints().map(c -> c > ' ' && c <= '~' ? c + 0xFEE0 : c).forEach(wide::appendCodePoint);
    return wide.toString();
  }

  private void arrays(@Nullable Node value) {
    List<Node> items = value instanceof Arr(var _, List<Node> there) ? there : List.of();
    if (!items.isEmpty()) {
      add(Rule.FEWER, Json.of(items.subList(0, items.size() - 1)));
      List<Node> twice = new ArrayList<>(items);
      twice.add(items.getFirst());
      add(Rule.TWICE, Json.of(twice));
    }
    add(Rule.FEWER, Json.of(List.<Node>of()));
    for (int i = 0; !items.isEmpty() && i < 3; i++) {
      List<Node> many = new ArrayList<>(items);
      int count = i == 0 ? items.size() + 1 : i == 1 ? 25 : 1_001;
      while (many.size() < count) {
        many.add(other(items.getFirst(), many.size()));
      }
      add(Rule.MORE, Json.of(many));
    }
  }

  private static Node other(Node item, int number) {
    return switch (item) {
      case Node.Text(var _, String text) -> Json.of(text + number);
      case Node.Num num -> Json.number(num.value().add(BigDecimal.valueOf(number)).toPlainString());
      default -> item;
    };
  }

  private void objects(Obj flat, @Nullable Node value) {
    Obj there = value instanceof Obj object ? object : Json.EMPTY;
    add(Rule.UNDECLARED, Json.with(there, List.of("probeUndeclared"), Json.of("a")));
    if (flat.get("propertyNames") != null) {
      Node like =
          there.entries().isEmpty() ? Json.of("a") : there.entries().iterator().next().value();
      add(Rule.NAME, Json.with(there, List.of("~ no name ~"), like));
    }
    if (flat.get("minProperties") != null) {
      add(Rule.FEWER, Json.EMPTY);
    }
    if (flat.get("maxProperties") instanceof Node.Num most && most.value().intValue() < 200) {
      Node full = there;
      Node like =
          there.entries().isEmpty() ? Json.of("a") : there.entries().iterator().next().value();
      for (int i = 0; i <= most.value().intValue(); i++) {
        full = Json.with(full, List.of("probe" + i), like);
      }
      add(Rule.MORE, full);
    }
  }
}
