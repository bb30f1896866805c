package dev.gatewarden.platform.auditing.spectral;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Pointer;
import dev.gatewarden.core.schema.Bounds;
import dev.gatewarden.core.schema.Dialect;
import dev.gatewarden.core.schema.Options;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.SchemaCompiler;
import dev.gatewarden.core.schema.Stated;
import dev.gatewarden.core.schema.Violation;
import dev.gatewarden.core.schema.Visit;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The core function `schema`: a value that obeys a JSON Schema.
record Obeys(Schema schema, boolean all) implements CoreFunction {
  private static final URI HOME = URI.create("ruleset:/schema");
  private static final int MANY = 1_000_000;
  private static final Bounds BOUNDS =
      new Bounds(256, MANY, MANY, MANY, MANY, 1 << 24, 1 << 24, 512, 1_000, 65_536, 64);
  private static final Violation.Limits LIMITS = new Violation.Limits(100, 4_096);

  /// @param dialect null where the schema says it itself
  /// @param all whether everything that is wrong is told, or the first of it
  /// @throws dev.gatewarden.core.document.ProblemsException when the schema cannot be judged by
  static Obeys of(Node schema, @Nullable Dialect dialect, boolean all) {
    Options options = Options.of(dialect == null ? Dialect.DRAFT_7 : dialect).bounds(BOUNDS);
    return new Obeys(
        SchemaCompiler.compile(
            alone(schema, new Place.Origin(HOME, schema.place().origin().name()), Place.Path.ROOT),
            dialect == null ? options : options.stated(Stated.IGNORED)),
        all);
  }

  /// The schema as a document of its own, so that its references begin at its top.
  private static Node alone(Node node, Place.Origin origin, Place.Path path) {
    Place place = new Place(origin, node.place().line(), node.place().column(), path);
    return switch (node) {
      case Node.Obj object -> {
        Map<String, Node.Member> members = new LinkedHashMap<>();
        for (Node.Member each : object.entries()) {
          Node value = alone(each.value(), origin, path.then(each.name()));
          members.put(each.name(), new Node.Member(each.name(), each.namePlace(), value));
        }
        yield new Node.Obj(place, members);
      }
      case Node.Arr array -> {
        List<Node> items = new ArrayList<>();
        for (Node each : array.items()) {
          items.add(alone(each, origin, path.then(Integer.toString(items.size()))));
        }
        yield new Node.Arr(place, items);
      }
      case Node.Text text -> new Node.Text(place, text.value());
      case Node.Num number -> new Node.Num(place, number.literal());
      case Node.Bool bool -> new Node.Bool(place, bool.value());
      case Node.Null _ -> new Node.Null(place);
    };
  }

  @Override
  public List<Fault> judge(@Nullable Node value, Sight sight) {
    if (value == null) {
      return List.of(Fault.of("must be there"));
    }
    byte[] text = Json.text(sight.whole(value)).getBytes(StandardCharsets.UTF_8);
    sight.budget().steps(text.length);
    Visit visit = new Visit(0);
    if (schema.judge(text, 0, text.length, visit) == Schema.VALID) {
      return List.of();
    }
    List<Fault> faults = new ArrayList<>();
    for (Violation each : schema.explain(text, 0, text.length, visit, LIMITS)) {
      Pointer at = Pointer.parse(each.instanceLocation());
      faults.add(new Fault(at == null ? List.of() : at.tokens(), each.sentence()));
      if (!all) {
        break;
      }
    }
    return faults;
  }
}
