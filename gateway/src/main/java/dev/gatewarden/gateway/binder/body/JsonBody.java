package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.Violation;
import dev.gatewarden.core.schema.Visit;
import java.util.ArrayList;
import java.util.List;

/// Reads JSON bodies: whether they conform, and where the values stand that mean
/// something.
///
/// A body that breaks its schema is read a second time by a schema that promises nothing but JSON,
/// so that owner and tenant are known even where a
/// broken promise is only observed.
final class JsonBody implements BodyReader {
  private final Schema promised;
  private final Schema anything;
  private final Meanings meanings;

  JsonBody(Schema promised, Schema anything, Meanings meanings) {
    this.promised = promised;
    this.anything = anything;
    this.meanings = meanings;
  }

  @Override
  public Found read(Bytes body, String contentType) {
    Visit visit = Visits.mine();
    int fault = promised.judge(body.array(), body.from(), body.to(), visit);
    if (fault == Schema.VALID) {
      return new Found(true, true, body, meanings.marks(visit.spans()));
    }
    boolean json = anything.judge(body.array(), body.from(), body.to(), visit) == Schema.VALID;
    return new Found(false, json, body, json ? meanings.marks(visit.spans()) : List.of());
  }

  @Override
  public List<Detail> explain(Bytes body, String contentType) {
    List<Detail> details = new ArrayList<>();
    for (Violation each :
        promised.explain(body.array(), body.from(), body.to(), Violation.Limits.DEFAULT)) {
      details.add(new Detail(each.instanceLocation(), each.keywordLocation(), each.sentence()));
    }
    return details;
  }
}
