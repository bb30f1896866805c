package dev.gatewarden.bench.schemas;

import com.sun.management.ThreadMXBean;
import dev.gatewarden.core.schema.Bounds;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.Visit;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// What documents cost that were made to cost much: nanoseconds per byte, beside a usual document
/// under the same schema; and what the first field costs when it is the first fault.
final class Hostile {

  /// One attack.
  ///
  /// @param usual a document as the schema means it
  private record Attack(String name, String schema, String usual, String hostile) {}

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  /// Wide enough that the attacks are read to their ends.
  private static final Bounds WIDE =
      Bounds.DEFAULT.keys(20_000).items(200_000).depth(256).stringBytes(1 << 20);

  private static final String TREE =
      "{\"$ref\":\"#/$defs/n\",\"$defs\":{\"n\":{\"oneOf\":["
          + "{\"required\":[\"a\"],\"properties\":{\"c\":{\"$ref\":\"#/$defs/n\"},\"a\":true}},"
          + "{\"required\":[\"b\"],\"properties\":{\"c\":{\"$ref\":\"#/$defs/n\"},\"b\":true}},"
          + "{\"required\":[\"d\"],\"properties\":{\"c\":{\"$ref\":\"#/$defs/n\"},\"d\":true}}]}}}";

  private static final String TAGGED =
      "{\"$ref\":\"#/$defs/n\",\"$defs\":{\"n\":{\"oneOf\":["
          + "{\"required\":[\"t\"],\"properties\":{\"t\":{\"const\":\"a\"},\"c\":{\"$ref\":\"#/$defs/n\"}}},"
          + "{\"required\":[\"t\"],\"properties\":{\"t\":{\"const\":\"b\"},\"c\":{\"$ref\":\"#/$defs/n\"}}}]}}}";

  private final long window;

  private Hostile(long window) {
    this.window = window;
  }

  /// Argument: the milliseconds of one measurement.
  public static void main(String[] arguments) {
    Hostile bench = new Hostile(Long.parseLong(arguments[0]) * 1_000_000);
    OUT.println("ns of thread CPU per byte: a usual document, a hostile one");
    for (Attack attack : attacks()) {
      bench.measure(attack);
    }
    bench.firstField();
  }

  private static List<Attack> attacks() {
    String any = "true";
    String list = Shop.customers();
    return List.of(
        new Attack("nested oneOf, 60 deep", TREE, nested(4), nested(60)),
        new Attack(
            "nested oneOf, wrong at its end",
            TREE,
            nested(4),
            nested(60).replace("{\"a\":1}", "{}")),
        new Attack("nested oneOf, 250 deep", TREE, nested(4), nested(250)),
        new Attack("tag first, 60 deep", TAGGED, tagged(4, true), tagged(60, true)),
        new Attack("tag last, 60 deep", TAGGED, tagged(4, true), tagged(60, false)),
        new Attack("brackets, 60 deep", any, list, many("[".repeat(60) + "]".repeat(60))),
        new Attack(
            "objects, 60 deep", any, list, many("{\"a\":".repeat(60) + "1" + "}".repeat(60))),
        new Attack("10000 unknown names", any, list, names(10_000)),
        new Attack("20000 empty arrays", any, list, "[[]" + ",[]".repeat(20_000) + "]"),
        new Attack("20000 short numbers", any, list, "[1" + ",1".repeat(20_000) + "]"),
        new Attack(
            "long numbers",
            "{\"items\":{\"multipleOf\":0.01,\"maximum\":1e300}}",
            "[12.25" + ",99.75".repeat(1_000) + "]",
            "[" + "1".repeat(250) + ("," + "7".repeat(250) + ".25").repeat(100) + "]"),
        new Attack(
            "catastrophic pattern",
            "{\"pattern\":\"^((a+)+|(a|aa)+)+$\"}",
            "\"" + "a".repeat(10_000) + "\"",
            "\"" + "a".repeat(10_000) + "!\""),
        new Attack(
            "every character escaped",
            any,
            list,
            "[\"" + "\\u0061".repeat(5_000) + "\",\"" + "\\ud83d\\ude00".repeat(2_000) + "\"]"),
        new Attack("beyond ASCII", any, list, "[\"" + "éß漢😀".repeat(3_000) + "\"]"),
        new Attack("white space", any, list, "[1" + (" ".repeat(500) + ",\n\t1").repeat(40) + "]"),
        new Attack(
            "escaped names and texts",
            Shop.ORDER_SCHEMA,
            Shop.order(),
            Shop.order()
                .replace("sku", "\\u0073ku")
                .replace("title", "titl\\u0065")
                .replace("Enamel", "\\u0045namel")
                .replace("example", "\\u0065xample")),
        new Attack(
            "names in another order",
            Shop.ORDER_SCHEMA,
            Shop.order(),
            Shop.order().replaceAll("(\"quantity\":[0-9]+),(\"price\":[0-9.]+)", "$2,$1")),
        new Attack(
            "items to be unique",
            "{\"uniqueItems\":true}",
            numbers(1_000, 1),
            numbers(10_000, 1_048_576)),
        new Attack(
            "unique items, 60 deep",
            "{\"uniqueItems\":true,\"items\":{\"$ref\":\"#\"}}",
            numbers(1_000, 1),
            "[0,".repeat(60) + numbers(1_000, 1) + "]".repeat(60)));
  }

  private static String many(String item) {
    return "[" + item + ("," + item).repeat(50) + "]";
  }

  private static String nested(int depth) {
    return "{\"a\":1,\"c\":".repeat(depth) + "{\"a\":1}" + "}".repeat(depth);
  }

  private static String tagged(int depth, boolean first) {
    return first
        ? "{\"t\":\"a\",\"c\":".repeat(depth) + "{\"t\":\"b\"}" + "}".repeat(depth)
        : "{\"c\":".repeat(depth) + "{\"t\":\"b\"}" + ",\"t\":\"a\"}".repeat(depth);
  }

  private static String names(int count) {
    StringBuilder json = new StringBuilder("{\"first\":0");
    for (int i = 0; i < count; i++) {
      json.append(",\"k").append(i * 4_096).append("\":").append(i);
    }
    return json.append('}').toString();
  }

  private static String numbers(int count, int step) {
    StringBuilder json = new StringBuilder("[-1");
    for (int i = 0; i < count; i++) {
      json.append(',').append((long) i * step);
    }
    return json.append(']').toString();
  }

  /// Usual and hostile in turn, so that a noisy minute weighs on both.
  private void measure(Attack attack) {
    Schema schema = Gatewarden.compile(bytes(attack.schema()), WIDE, List.of());
    Timed usual = new Timed(schema, bytes(attack.usual()));
    Timed hostile = new Timed(schema, bytes(attack.hostile()));
    for (long left = 16 * window; left > 0; ) {
      left -= usual.window() + hostile.window();
    }
    OUT.printf(
        Locale.ROOT,
        "  %-32s %7.2f  %7.2f  %5.2f×%n",
        attack.name(),
        usual.perByte(),
        hostile.perByte(),
        hostile.perByte() / usual.perByte());
  }

  private void firstField() {
    Schema schema = Gatewarden.compile(bytes(Shop.ORDER_SCHEMA), Bounds.DEFAULT, List.of());
    byte[] json = bytes(Shop.order().replaceFirst("\"7c9e6679[^\"]*\"", "17"));
    Timed order = new Timed(schema, json);
    for (long left = 8 * window; left > 0; ) {
      left -= order.window();
    }
    OUT.printf(
        Locale.ROOT,
        "  an order whose first field is wrong: %.3f µs%n",
        order.perByte() * json.length / 1e3);
  }

  /// One document under one schema, and its quietest window of many.
  private static final class Timed {
    private static final int BYTES = 400_000;

    private final Schema schema;
    private final byte[] json;
    private final int batch;
    private final Visit visit = new Visit(System.nanoTime());
    private double best = Double.MAX_VALUE;

    Timed(Schema schema, byte[] json) {
      this.schema = schema;
      this.json = json;
      batch = Math.max(4, BYTES / json.length);
    }

    /// Measures once; the nanoseconds of CPU that took.
    long window() {
      long start = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < batch; i++) {
        schema.judge(json, 0, json.length, visit);
      }
      long used = THREADS.getCurrentThreadCpuTime() - start;
      best = Math.min(best, (double) used / batch);
      return Math.max(1, used);
    }

    double perByte() {
      return best / json.length;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
