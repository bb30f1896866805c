package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.Spans;
import dev.gatewarden.core.schema.Violation;
import dev.gatewarden.core.schema.Visit;
import java.util.ArrayList;
import java.util.List;

/// Reads JSON bodies of one media type: whether they conform, and where the values stand that mean
/// something.
///
/// A body that breaks its schema is read a second time by a schema that promises nothing but JSON,
/// so that owner and tenant are known even where a
/// broken promise is only observed.
final class BodyReader {
  private static final Reading.Meaning UNDECLARED = new Reading.Meaning.Undeclared();
  private final Schema promised;
  private final Schema anything;
  private final Meanings meanings;

  BodyReader(Schema promised, Schema anything, Meanings meanings) {
    this.promised = promised;
    this.anything = anything;
    this.meanings = meanings;
  }

  /// One pass over the body.
  Found read(Bytes body) {
    Visit visit = Visits.mine();
    int fault = promised.judge(body.array(), body.from(), body.to(), visit);
    if (fault == Schema.VALID) {
      return new Found(true, true, marks(visit.spans()));
    }
    boolean json = anything.judge(body.array(), body.from(), body.to(), visit) == Schema.VALID;
    return new Found(false, json, json ? marks(visit.spans()) : List.of());
  }

  /// What is wrong with a body that does not conform.
  List<Detail> explain(Bytes body) {
    List<Detail> details = new ArrayList<>();
    for (Violation each :
        promised.explain(body.array(), body.from(), body.to(), Violation.Limits.DEFAULT)) {
      details.add(new Detail(each.instanceLocation(), each.keywordLocation(), each.sentence()));
    }
    return details;
  }

  private List<Reading.Mark> marks(Spans spans) {
    int size = spans.size();
    if (size == 0) {
      return List.of();
    }
    List<Reading.Mark> marks = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      int from = spans.startOf(i);
      int name = spans.nameOf(i);
      Reading.Meaning meaning =
          spans.label(i) == Spans.UNKNOWN ? UNDECLARED : meanings.of(spans.label(i));
      marks.add(new Reading.Mark(meaning, name < 0 ? from : name, from, spans.endOf(i)));
    }
    return marks;
  }

  /// What one pass found.
  ///
  /// @param json whether it is JSON at all
  record Found(boolean conforms, boolean json, List<Reading.Mark> marks) {}
}
