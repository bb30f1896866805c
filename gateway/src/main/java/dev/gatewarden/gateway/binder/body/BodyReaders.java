package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.schema.Direction;
import dev.gatewarden.core.schema.Labels;
import dev.gatewarden.core.schema.Mark;
import dev.gatewarden.core.schema.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chooses who reads the bodies of a media type.
public final class BodyReaders {
  private final Schemas schemas;
  private final Direction direction;
  private final Manner manner;

  /// @param schemas where schemas are compiled and what is wrong with them is gathered
  public BodyReaders(Schemas schemas, Direction direction, Manner manner) {
    this.schemas = schemas;
    this.direction = direction;
    this.manner = manner;
  }

  /// The reader of a media type; null where the contract promises nothing of the inside.
  public @Nullable BodyReader of(
      Content.MediaType type, Labels labels, ObjectMarks marks, Meanings meanings) {
    if (direction == Direction.REQUEST && MultipartBodies.take(type.range())) {
      return MultipartBodies.of(type, schemas, manner, labels, marks, meanings);
    }
    if (direction == Direction.REQUEST && type.isBinary()) {
      return BinaryBody.of(type, schemas, manner);
    }
    if (type.schema() == null || !readsJson(type.range())) {
      return null;
    }
    List<Mark> wishes = marks.list();
    Schema promised = schemas.compile(type.schema(), direction, manner, labels, wishes);
    if (promised == null) {
      return null;
    }
    return new JsonBody(
        promised,
        Schemas.anything(type.schema().schema().place(), manner.bounds(), wishes),
        meanings);
  }

  private static boolean readsJson(String range) {
    return MediaTypes.isJson(range) || range.equals("*/*");
  }
}
