package dev.gatewarden.gateway.binder.opaque;

import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.opaque.OpaqueType;
import dev.gatewarden.core.opaque.Tenant;
import dev.gatewarden.core.schema.Bounds;
import dev.gatewarden.core.schema.Dialect;
import dev.gatewarden.core.schema.JsonText;
import dev.gatewarden.core.schema.Mark;
import dev.gatewarden.core.schema.Options;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.SchemaCompiler;
import dev.gatewarden.core.schema.Spans;
import dev.gatewarden.core.schema.Visit;
import dev.gatewarden.gateway.binder.body.Visits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where ids of opaque types stand in bodies of one kind; for any number of threads.
///
/// A body is read for it once more, by a schema that promises nothing: so the promise can be that
/// of callers, whichever ids the body came with.
public final class IdPlaces implements BodyIds {
  private final Schema schema;
  private final List<OpaqueType> byLabel;
  private final boolean lines;

  private IdPlaces(Schema schema, List<OpaqueType> byLabel, boolean lines) {
    this.schema = schema;
    this.byLabel = byLabel;
    this.lines = lines;
  }

  /// The places of one kind of body; null where there are none.
  ///
  /// @param source what is promised of it, or null
  /// @param known places besides those that the schema tells of, with their types
  /// @param items places of ids in lists of mere ids, and of objects in others
  /// @param types the opaque types by name
  /// @param lines whether each line of a body is a document
  public static @Nullable IdPlaces of(
      @Nullable SchemaSource source,
      Map<PointerPattern, OpaqueType> known,
      Map<PointerPattern, OpaqueType> items,
      Map<String, OpaqueType> types,
      boolean lines,
      Place place,
      Bounds bounds) {
    Node skeleton = source == null ? null : Skeleton.of(source);
    if (skeleton == null && known.isEmpty() && items.isEmpty()) {
      return null;
    }
    List<OpaqueType> byLabel = new ArrayList<>(types.values());
    List<Mark> wishes = new ArrayList<>();
    int all = byLabel.size();
    known.forEach(
        (at, type) -> {
          int label = byLabel.indexOf(type);
          wishes.add(
              at.named()
                  ? new Mark(at.items().toString(), 2 * all + label)
                  : new Mark(at.toString(), label));
        });
    items.forEach((at, type) -> wishes.add(new Mark(at.toString(), all + byLabel.indexOf(type))));
    Options options =
        Options.of(Dialect.DRAFT_2020_12).bounds(bounds).labels(at -> label(at, byLabel));
    Schema schema =
        new SchemaCompiler(options)
            .compile(skeleton == null ? new Node.Bool(place, true) : skeleton, wishes);
    return new IdPlaces(schema, List.copyOf(byLabel), lines);
  }

  private static long label(Node.Obj schema, List<OpaqueType> byLabel) {
    if (schema.get(Skeleton.LABEL) instanceof Node.Text name) {
      for (int i = 0; i < byLabel.size(); i++) {
        if (byLabel.get(i).type().name().equals(name.value())) {
          return 1L << i;
        }
      }
    }
    return 0;
  }

  @Override
  public Outcome swap(Bytes body, Swapping way, Tenant tenant) {
    List<Found> found = new ArrayList<>();
    if (!find(body, found)) {
      return new Outcome.Unread();
    }
    Outcome outcome = swap(body, found, way, tenant);
    return outcome instanceof Outcome.Done(Rewriting rewriting)
            && names(found) > 1
            && !find(rewriting.after(), new ArrayList<>())
        ? new Outcome.Strange()
        : outcome;
  }

  /// How many names of members are ids. An id has several spellings (capital letters, keys), which
  /// are one name then, and no reader agrees with another on what a name means that is there twice.
  private static int names(List<Found> found) {
    int names = 0;
    for (Found each : found) {
      names += each.name() ? 1 : 0;
    }
    return names;
  }

  /// @param found in any order, one of them twice or not; sorted
  static Outcome swap(Bytes body, List<Found> found, Swapping way, Tenant tenant) {
    found.sort(Comparator.comparingInt(Found::from));
    List<Rewriting.Swap> swaps = new ArrayList<>(found.size());
    Found last = null;
    for (Found each : found) {
      if (last != null && last.from() == each.from()) {
        if (last.type() != each.type()) {
          return new Outcome.Strange();
        }
        continue;
      }
      last = each;
      byte[] json = way.json(each, body, tenant);
      if (json == null) {
        return new Outcome.Strange();
      }
      swaps.add(new Rewriting.Swap(each.from(), each.to(), json));
    }
    return new Outcome.Done(Rewriting.of(body, swaps));
  }

  /// An id in a body.
  ///
  /// @param name whether it is the name of a member
  record Found(OpaqueType type, int from, int to, boolean name) {}

  private boolean find(Bytes body, List<Found> found) {
    if (!lines) {
      return find(body.array(), body.from(), body.to(), found);
    }
    for (int from = body.from(); from < body.to(); ) {
      int end = from;
      while (end < body.to() && body.array()[end] != '\n') {
        end++;
      }
      if (!isBlank(body.array(), from, end) && !find(body.array(), from, end, found)) {
        return false;
      }
      from = end + 1;
    }
    return true;
  }

  private static boolean isBlank(byte[] json, int from, int to) {
    for (int i = from; i < to; i++) {
      if (json[i] > ' ') {
        return false;
      }
    }
    return true;
  }

  private boolean find(byte[] json, int from, int to, List<Found> found) {
    Visit visit = Visits.mine();
    if (schema.judge(json, from, to, visit) != Schema.VALID) {
      return false;
    }
    Spans spans = visit.spans();
    int all = byLabel.size();
    for (int i = 0; i < spans.size(); i++) {
      int label = spans.label(i);
      if (label >= 3 * all) {
        continue;
      }
      OpaqueType type = byLabel.get(label % all);
      int start = spans.startOf(i);
      int end = spans.endOf(i);
      if (label >= 2 * all) {
        int name = spans.nameOf(i);
        if (name >= 0) {
          found.add(new Found(type, name, JsonText.endOfString(json, name), true));
        }
      } else if (!JsonText.isNull(json, start, end) && (label < all || json[start] != '{')) {
        found.add(new Found(type, start, end, false));
      }
    }
    return true;
  }
}
