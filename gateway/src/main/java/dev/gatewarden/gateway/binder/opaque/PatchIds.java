package dev.gatewarden.gateway.binder.opaque;

import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Pointer;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.opaque.OpaqueType;
import dev.gatewarden.core.opaque.Tenant;
import dev.gatewarden.core.schema.Bounds;
import dev.gatewarden.core.schema.JsonText;
import dev.gatewarden.core.schema.Mark;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.Spans;
import dev.gatewarden.core.schema.Visit;
import dev.gatewarden.gateway.binder.body.Schemas;
import dev.gatewarden.gateway.binder.body.Visits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Ids in a JSON Patch (RFC 6902): in the value of an operation whose path leads to one, or to what
/// holds some.
public final class PatchIds implements BodyIds {
  private static final int ITEM = 0;
  private static final int PATH = 1;
  private static final int FIRST = 2;
  private static final int MOST = 62;

  private final Schema schema;
  private final List<Wish> wishes;

  /// A place in the object, as it stands in the value of an operation whose path is so many steps
  /// long.
  private record Wish(List<PointerPattern.Step> steps, int depth, OpaqueType type) {
    boolean meant(List<String> path) {
      if (path.size() != depth) {
        return false;
      }
      for (int i = 0; i < depth; i++) {
        if (steps.get(i) instanceof PointerPattern.Name(String name) && !name.equals(path.get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  private PatchIds(Schema schema, List<Wish> wishes) {
    this.schema = schema;
    this.wishes = wishes;
  }

  /// The ids of patches to one object; null where it has none, or more than can be told apart.
  ///
  /// @param places in the object
  public static @Nullable PatchIds of(
      Map<PointerPattern, OpaqueType> places, Place place, Bounds bounds) {
    PointerPattern each = new PointerPattern(List.of(new PointerPattern.Each()));
    PointerPattern value = each.then(named("value"));
    List<Mark> marks = new ArrayList<>();
    marks.add(new Mark(each.toString(), ITEM));
    marks.add(new Mark(each.then(named("path")).toString(), PATH));
    List<Wish> wishes = new ArrayList<>();
    places.forEach(
        (at, type) -> {
          List<PointerPattern.Step> steps = at.steps();
          for (int k = 0; k <= steps.size(); k++) {
            PointerPattern rest = new PointerPattern(steps.subList(k, steps.size()));
            marks.add(new Mark(value.then(rest).toString(), FIRST + wishes.size()));
            wishes.add(new Wish(steps, k, type));
          }
        });
    return wishes.isEmpty() || wishes.size() > MOST - FIRST
        ? null
        : new PatchIds(Schemas.anything(place, bounds, marks), wishes);
  }

  private static PointerPattern named(String name) {
    return new PointerPattern(List.of(new PointerPattern.Name(name)));
  }

  @Override
  public Outcome swap(Bytes body, Swapping way, Tenant tenant) {
    Visit visit = Visits.mine();
    byte[] json = body.array();
    if (schema.judge(json, body.from(), body.to(), visit) != Schema.VALID) {
      return new Outcome.Unread();
    }
    Spans spans = visit.spans();
    List<IdPlaces.Found> found = new ArrayList<>();
    for (int i = 0; i < spans.count(ITEM); i++) {
      int item = spans.find(ITEM, i);
      List<String> path = path(json, spans, item);
      if (path == null) {
        return new Outcome.Strange();
      }
      for (int k = 0; k < spans.size(); k++) {
        int wish = spans.label(k) - FIRST;
        if (wish >= 0
            && wish < wishes.size()
            && within(spans, k, item)
            && !JsonText.isNull(json, spans.startOf(k), spans.endOf(k))
            && wishes.get(wish).meant(path)) {
          found.add(
              new IdPlaces.Found(wishes.get(wish).type(), spans.startOf(k), spans.endOf(k), false));
        }
      }
    }
    return IdPlaces.swap(body, found, way, tenant);
  }

  /// Where an operation leads; null where that is not said once, or is no pointer.
  private static @Nullable List<String> path(byte[] json, Spans spans, int item) {
    for (int i = 0; i < spans.count(PATH); i++) {
      int at = spans.find(PATH, i);
      if (within(spans, at, item) && JsonText.isString(json, spans.startOf(at), spans.endOf(at))) {
        Pointer pointer = Pointer.parse(JsonText.decode(json, spans.startOf(at), spans.endOf(at)));
        return pointer == null ? null : pointer.tokens();
      }
    }
    return null;
  }

  private static boolean within(Spans spans, int span, int item) {
    return spans.startOf(span) >= spans.startOf(item) && spans.endOf(span) <= spans.endOf(item);
  }
}
