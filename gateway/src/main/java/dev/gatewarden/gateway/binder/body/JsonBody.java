package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.Violation;
import dev.gatewarden.core.schema.Visit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads JSON bodies: whether they conform, and where the values stand that mean
/// something.
///
/// A body that breaks its schema is read again: by a schema that promises nothing but JSON, so that
/// owner and tenant are known even where a broken promise is only observed; and, where values are
/// marked by what the schema says of them, by the schema itself to its end, so that none is missed.
final class JsonBody implements BodyReader {
  private static final Comparator<Mark> IN_ORDER =
      Comparator.comparingInt(Mark::nameFrom)
          .thenComparingInt(Mark::from)
          .thenComparingInt(mark -> -mark.to());

  private final Schema promised;
  private final Schema anything;
  private final Meanings meanings;
  private final boolean answers;
  private final @Nullable Strays strays;

  /// @param answers whether the bodies are those of responses
  /// @param strays what the schema classifies or restricts; null where it does neither
  JsonBody(
      Schema promised,
      Schema anything,
      Meanings meanings,
      boolean answers,
      @Nullable Strays strays) {
    this.promised = promised;
    this.anything = anything;
    this.meanings = meanings;
    this.answers = answers;
    this.strays = strays;
  }

  @Override
  public Found read(Bytes body, String contentType) {
    Visit visit = Visits.mine();
    int fault = promised.judge(body.array(), body.from(), body.to(), visit);
    if (fault == Schema.VALID) {
      return new Found(true, true, body, withStrays(body, meanings.marks(visit.spans())));
    }
    if (anything.judge(body.array(), body.from(), body.to(), visit) != Schema.VALID) {
      return new Found(false, false, body, List.of());
    }
    List<Mark> parts = meanings.marks(visit.spans());
    if (!answers && !meanings.annotated()) {
      return new Found(false, true, body, parts);
    }
    boolean whole = promised.readOn(body.array(), body.from(), body.to(), visit);
    List<Mark> marks = withStrays(body, joined(parts, meanings.marks(visit.spans())));
    return new Found(false, whole, body, marks);
  }

  /// The parts of objects as a reader finds them who promises nothing, the rest as the schema marks
  /// it.
  private static List<Mark> joined(List<Mark> parts, List<Mark> marked) {
    List<Mark> all = new ArrayList<>(parts);
    for (Mark mark : marked) {
      if (!(mark.meaning() instanceof Meaning.Part)
          && !(mark.meaning() instanceof Meaning.Identity)) {
        all.add(mark);
      }
    }
    all.sort(IN_ORDER);
    return new ArrayList<>(new LinkedHashSet<>(all));
  }

  private List<Mark> withStrays(Bytes body, List<Mark> marks) {
    return strays == null ? marks : strays.with(body, marks);
  }

  @Override
  public List<Detail> explain(Bytes body, String contentType) {
    List<Detail> details = new ArrayList<>();
    for (Violation each :
        promised.explain(
            body.array(), body.from(), body.to(), Visits.mine(), Violation.Limits.DEFAULT)) {
      details.add(new Detail(each.instanceLocation(), each.keywordLocation(), each.sentence()));
    }
    return details;
  }

  @Override
  public List<Reading.Gap> mend(Bytes body, String contentType) {
    List<Reading.Gap> gaps = new ArrayList<>();
    for (Schema.Gap gap : promised.mend(body.array(), body.from(), body.to(), Visits.mine())) {
      gaps.add(new Reading.Gap(gap.name(), gap.from(), gap.to(), gap.blank()));
    }
    return gaps;
  }
}
