package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.canon.ContentType;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.Violation;
import dev.gatewarden.core.schema.Visit;
import dev.gatewarden.gateway.binder.body.PartJudge.Judged;
import dev.gatewarden.gateway.binder.body.multipart.Multipart;
import dev.gatewarden.gateway.binder.body.multipart.Unreadable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads multipart bodies: each part as what the contract says it is, all of them as one JSON
/// object, so that required, unknown and marked parts are what properties are.
///
/// A file stands in that object as a string of as many characters as it has bytes: `minLength` and
/// `maxLength` of a `format: binary` count bytes. A file in base64 stands there as it was sent.
final class MultipartBody implements BodyReader {
  private static final Detail OTHER_TYPE =
      new Detail("", "", "the body is neither `multipart/form-data` nor `multipart/mixed`");

  private final PartJudge parts;
  private final Schema promised;
  private final Schema anything;
  private final Meanings meanings;
  private final int most;

  /// @param most how many parts a body may have
  MultipartBody(PartJudge parts, Schema promised, Schema anything, Meanings meanings, int most) {
    this.most = most;
    this.parts = parts;
    this.promised = promised;
    this.anything = anything;
    this.meanings = meanings;
  }

  @Override
  public Found read(Bytes body, String contentType) {
    LongWork.leaveLoop(body);
    Judged judged;
    try {
      ContentType type = type(contentType);
      if (type == null) {
        return new Found(false, false, Bytes.NONE, List.of());
      }
      judged = parts.judge(body, Multipart.read(body, type, most));
    } catch (Unreadable other) {
      return new Found(false, false, Bytes.NONE, List.of());
    }
    Visit visit = Visits.mine();
    Bytes view = judged.view();
    boolean obeys = judge(promised, view, visit);
    boolean complete = obeys || judge(anything, view, visit);
    return new Found(
        obeys && judged.faults().isEmpty(),
        complete && judged.faults().isEmpty(),
        view,
        complete ? meanings.marks(visit.spans()) : List.of(),
        judged.uploads());
  }

  @Override
  public List<Detail> explain(Bytes body, String contentType) {
    ContentType type = type(contentType);
    if (type == null) {
      return List.of(OTHER_TYPE);
    }
    try {
      Judged judged = parts.judge(body, Multipart.read(body, type, most));
      List<Detail> details = new ArrayList<>(judged.faults());
      Bytes view = judged.view();
      for (Violation each :
          promised.explain(
              view.array(), view.from(), view.to(), Visits.mine(), Violation.Limits.DEFAULT)) {
        details.add(new Detail(each.instanceLocation(), each.keywordLocation(), each.sentence()));
      }
      return details;
    } catch (Unreadable other) {
      return List.of(new Detail("", "", other.why()));
    }
  }

  private static boolean judge(Schema schema, Bytes view, Visit visit) {
    return schema.judge(view.array(), view.from(), view.to(), visit) == Schema.VALID;
  }

  private static @Nullable ContentType type(String contentType) {
    ContentType type = ContentType.read(contentType);
    return type != null
            && (type.type().equals("multipart/form-data") || type.type().equals("multipart/mixed"))
        ? type
        : null;
  }
}
