package dev.gatewarden.bench.schemas;

import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.schema.Bounds;
import dev.gatewarden.core.schema.Dialect;
import dev.gatewarden.core.schema.Mark;
import dev.gatewarden.core.schema.Options;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.SchemaCompiler;
import dev.gatewarden.core.schema.UnknownFields;
import dev.gatewarden.core.schema.Visit;
import java.net.URI;
import java.util.List;

/// Our engine as a contender: unknown fields refused, formats asserted, one visit per thread.
///
/// Argument: `plain` for the usual bounds, `marked` to find spans besides, `bare` for bounds that
/// bound nothing.
public final class Gatewarden {
  private static final Bounds BARE =
      new Bounds(
          Bounds.DEEPEST,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          10_000,
          100_000,
          Integer.MAX_VALUE,
          64);

  private Gatewarden() {}

  public static void main(String[] arguments) throws Exception {
    boolean marked = arguments[0].equals("marked");
    Bounds bounds = arguments[0].equals("bare") ? BARE : Bounds.DEFAULT;
    Visit visit = new Visit(System.nanoTime());
    Worker.serve(
        text -> {
          Schema schema = compile(text, bounds, marked ? marks() : List.of());
          return json -> schema.judge(json, 0, json.length, visit) == Schema.VALID;
        });
  }

  static Schema compile(byte[] text, Bounds bounds, List<Mark> marks) {
    Node schema =
        new DocumentReader(dev.gatewarden.core.document.Bounds.DEFAULT)
            .read(new Place.Origin(URI.create("bench:schema"), "schema"), text);
    Options options =
        Options.of(Dialect.DRAFT_2020_12).unknownFields(UnknownFields.REFUSE).bounds(bounds);
    return new SchemaCompiler(options).compile(schema, marks);
  }

  /// The fields a policy would ask for: whose an object is, and who is meant.
  static List<Mark> marks() {
    return List.of(
        new Mark("/id", 0),
        new Mark("/customer/email", 1),
        new Mark("/user/id", 2),
        new Mark("/*/id", 0),
        new Mark("/*/email", 1),
        new Mark("/*/user/id", 2));
  }
}
