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
import java.util.Arrays;
import java.util.Collections;
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
        if (steps.get(i) instanceof PointerPattern.Name(String name)
            && !name.equalsIgnoreCase(path.get(i))) {
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
    int[] items = items(spans);
    List<@Nullable List<String>> paths = paths(json, spans, items);
    if (paths.contains(null)) {
      return new Outcome.Strange();
    }
    List<IdPlaces.Found> found = new ArrayList<>();
    for (int k = 0; k < spans.size(); k++) {
      int wish = spans.label(k) - FIRST;
      int item = wish >= 0 && wish < wishes.size() ? around(items, spans.startOf(k)) : -1;
      List<String> path = item < 0 ? null : paths.get(item);
      if (path != null
          && !JsonText.isNull(json, spans.startOf(k), spans.endOf(k))
          && wishes.get(wish).meant(path)) {
        found.add(
            new IdPlaces.Found(wishes.get(wish).type(), spans.startOf(k), spans.endOf(k), false));
      }
    }
    return IdPlaces.swap(body, found, way, tenant);
  }

  /// Where the operations begin, in the order of the text. Who sends a patch chooses how many there
  /// are: none is looked for among all of them.
  private static int[] items(Spans spans) {
    int[] items = new int[spans.count(ITEM)];
    int count = 0;
    for (int span = spans.next(ITEM, 0); span >= 0; span = spans.next(ITEM, span + 1)) {
      items[count++] = spans.startOf(span);
    }
    Arrays.sort(items);
    return items;
  }

  /// Where each operation leads; null where that is not said, or is no pointer.
  private static List<@Nullable List<String>> paths(byte[] json, Spans spans, int[] items) {
    List<@Nullable List<String>> paths = new ArrayList<>(Collections.nCopies(items.length, null));
    for (int span = spans.next(PATH, 0); span >= 0; span = spans.next(PATH, span + 1)) {
      int from = spans.startOf(span);
      int to = spans.endOf(span);
      int item = around(items, from);
      if (item >= 0 && paths.get(item) == null && JsonText.isString(json, from, to)) {
        Pointer pointer = Pointer.parse(JsonText.decode(json, from, to));
        paths.set(item, pointer == null ? null : pointer.tokens());
      }
    }
    return paths;
  }

  /// The number of the operation that a value stands in: the last that begins before it.
  private static int around(int[] items, int offset) {
    int found = Arrays.binarySearch(items, offset);
    return found >= 0 ? found : -found - 2;
  }
}
