package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/// Cutting fields out of bytes leaves what a tree without those fields says, and valid JSON always.
class GapCopyProperties {
  private static final Schema MARKING =
      new SchemaCompiler(Options.of(Dialect.DRAFT_2020_12))
          .compile(
              Texts.tree(
                  "{\"$ref\":\"#/$defs/n\",\"$defs\":{\"n\":{\"properties\":{"
                      + "\"x\":true,\"y\":true,\"n\":{\"$ref\":\"#/$defs/n\"}},\"items\":{\"$ref\":\"#/$defs/n\"}}}}"),
              List.of(
                  new Mark("/x", 1),
                  new Mark("/n/x", 1),
                  new Mark("/n/y", 1),
                  new Mark("/*/x", 1),
                  new Mark("/l/*", 1),
                  new Mark("/n", 2)));

  @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
  void leaves_the_rest_as_it_was(@ForAll long seed) {
    Random random = new Random(seed);
    String json = object(random, 3);
    byte[] bytes = ("#" + json + "]}").getBytes(StandardCharsets.UTF_8);
    Visit visit = new Visit(seed);
    assertThat(MARKING.judge(bytes, 1, bytes.length - 2, visit)).isEqualTo(Schema.VALID);
    long[] gaps = Texts.gaps(visit.spans(), 1L << 1);
    String left =
        new String(GapCopy.without(bytes, 1, bytes.length - 2, gaps), StandardCharsets.UTF_8);
    assertThat(Twin.plain(Texts.tree(left)))
        .as(json + " -> " + left)
        .isEqualTo(Twin.plain(Texts.tree(without(Texts.tree(json), ""))));
  }

  @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
  void cuts_and_masks_at_once_what_a_tree_would(@ForAll long seed) {
    Random random = new Random(seed);
    String json = object(random, 3);
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    Visit visit = new Visit(seed);
    assertThat(MARKING.judge(bytes, 0, bytes.length, visit)).isEqualTo(Schema.VALID);
    List<GapCopy.Mask> masks = new ArrayList<>();
    for (int i = 0; i < visit.spans().size(); i++) {
      if (visit.spans().label(i) == 2) {
        byte[] mask = "\"*\"".getBytes(StandardCharsets.UTF_8);
        masks.add(new GapCopy.Mask(visit.spans().startOf(i), visit.spans().endOf(i), mask));
      }
    }
    long[] gaps = Texts.gaps(visit.spans(), 1L << 1);
    String left =
        new String(GapCopy.edited(bytes, 0, bytes.length, gaps, masks), StandardCharsets.UTF_8);
    assertThat(Twin.plain(Texts.tree(left)))
        .as(json + " -> " + left)
        .isEqualTo(Twin.plain(Texts.tree(masked(without(Texts.tree(json), "")))));
  }

  @Property(tries = 1, shrinking = ShrinkingMode.OFF)
  void keeps_what_is_written_where_a_gap_begins_and_tells_what_a_gap_took() {
    byte[] json = "{\"a\":1,\"b\":{\"c\":2}}".getBytes(StandardCharsets.UTF_8);
    assertThat(written(json, 1, GapCopy.gap(1, 6), GapCopy.gap(7, 18))).isEqualTo("{\"x\":0}");
    assertThat(written(json, 1, GapCopy.gap(1, 6))).isEqualTo("{\"x\":0,\"b\":{\"c\":2}}");
    assertThat(written(json, 12, GapCopy.gap(12, 17))).isEqualTo("{\"a\":1,\"b\":{\"x\":0}}");
    assertThat(written(json, 12, GapCopy.gap(7, 18))).isNull();
    assertThat(written(json, 12, GapCopy.gap(0, json.length))).isNull();
  }

  private static @Nullable String written(byte[] json, int at, long... gaps) {
    byte[] text = "\"x\":0,".getBytes(StandardCharsets.UTF_8);
    byte[] left =
        GapCopy.written(json, 0, json.length, gaps, List.of(new GapCopy.Mask(at, at, text)));
    return left == null ? null : new String(left, StandardCharsets.UTF_8);
  }

  /// The text with its member `n` masked, which stands at the top if it does.
  private static String masked(String json) {
    if (!(Texts.tree(json) instanceof Node.Obj object)) {
      return json;
    }
    return object.entries().stream()
        .map(
            member ->
                "\""
                    + member.name()
                    + "\":"
                    + (member.name().equals("n") ? "\"*\"" : Texts.json(member.value())))
        .collect(Collectors.joining(",", "{", "}"));
  }

  /// The tree as text without what stands at a marked pointer.
  private static String without(Node node, String at) {
    return switch (node) {
      case Node.Obj object ->
          object.entries().stream()
              .filter(member -> !marked(at + "/" + member.name()))
              .map(
                  member ->
                      "\""
                          + member.name()
                          + "\":"
                          + without(member.value(), at + "/" + member.name()))
              .collect(Collectors.joining(",", "{", "}"));
      case Node.Arr(Place _, List<Node> items) ->
          items.stream()
              .filter(item -> !marked(at + "/*"))
              .map(item -> without(item, at + "/*"))
              .collect(Collectors.joining(",", "[", "]"));
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> Texts.json(node);
    };
  }

  private static boolean marked(String pointer) {
    return Stream.of("/x", "/n/x", "/n/y", "/*/x", "/l/*")
        .anyMatch(pattern -> pointer.matches(pattern.replace("*", "[^/]+")));
  }

  private static String object(Random random, int depth) {
    StringBuilder json = new StringBuilder(space(random) + "{");
    String separator = space(random);
    for (String name : new String[] {"x", "y", "n", "l", "z"}) {
      if (random.nextInt(3) > 0) {
        json.append(separator).append('"').append(name).append('"').append(space(random));
        json.append(':').append(space(random)).append(value(random, depth)).append(space(random));
        separator = "," + space(random);
      }
    }
    return json + "}" + space(random);
  }

  private static String value(Random random, int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(4)) {
      case 1, 2 -> object(random, depth - 1);
      case 3 ->
          "["
              + random
                  .ints(random.nextInt(4))
                  .mapToObj(i -> value(random, depth - 1))
                  .collect(Collectors.joining(","))
              + "]";
      default -> random.nextBoolean() ? "17" : "\"a,b}\\\"\"";
    };
  }

  private static String space(Random random) {
    return random.nextInt(3) == 0 ? " \n" : "";
  }
}
