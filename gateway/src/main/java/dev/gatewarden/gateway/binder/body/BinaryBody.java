package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.canon.ContentType;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Upload;
import dev.gatewarden.core.schema.Direction;
import dev.gatewarden.core.schema.Labels;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads bodies that are one file: nothing of the inside is promised but how long it is.
///
/// Its `minLength` and `maxLength` count bytes.
final class BinaryBody implements BodyReader {
  private final @Nullable Schema promised;
  private final String range;

  private BinaryBody(@Nullable Schema promised, String range) {
    this.promised = promised;
    this.range = range;
  }

  /// The reader of a binary type; null where its schema cannot be judged, which is a problem then.
  static @Nullable BodyReader of(Content.MediaType type, Schemas schemas, Manner manner) {
    if (type.schema() == null) {
      return new BinaryBody(null, type.range());
    }
    Manner wide = manner.within(manner.bounds().stringBytes(Integer.MAX_VALUE));
    Schema promised =
        schemas.compile(type.schema(), Direction.REQUEST, wide, Labels.NONE, List.of());
    return promised == null ? null : new BinaryBody(promised, type.range());
  }

  @Override
  public Found read(Bytes body, String contentType) {
    LongWork.leaveLoop(body);
    ContentType type = ContentType.read(contentType);
    String essence = type == null ? "" : type.type();
    Bytes view = view(body);
    Schema schema = promised;
    boolean obeys =
        schema == null
            || schema.judge(view.array(), view.from(), view.to(), Visits.mine()) == Schema.VALID;
    return new Found(
        obeys,
        false,
        Bytes.NONE,
        List.of(),
        List.of(new Upload("", null, essence, essence.equals(range), body)));
  }

  @Override
  public List<Detail> explain(Bytes body, String contentType) {
    Schema schema = promised;
    if (schema == null) {
      return List.of();
    }
    Bytes view = view(body);
    List<Detail> details = new ArrayList<>();
    for (Violation each :
        schema.explain(
            view.array(), view.from(), view.to(), Visits.mine(), Violation.Limits.DEFAULT)) {
      details.add(new Detail("", each.keywordLocation(), each.sentence()));
    }
    return details;
  }

  private static Bytes view(Bytes body) {
    PartView view = new PartView(body.length() + 32);
    view.file(body.length());
    return view.done();
  }
}
