package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Makes a request that shows something as small as it can be while it still shows the same: fewer
/// changes, nothing that may be left out, smaller values.
final class Smaller {
  private static final int REQUESTS = 24;

  private final Predicate<FuzzCase> stands;
  private final Predicate<FuzzCase> shows;
  private int left = REQUESTS;

  /// @param stands whether the schemas say the same of it
  /// @param shows whether its answer shows the same; costs a request
  Smaller(Predicate<FuzzCase> stands, Predicate<FuzzCase> shows) {
    this.stands = stands;
    this.shows = shows;
  }

  FuzzCase of(FuzzCase made, List<Root> roots) {
    FuzzCase small = made.bare() ? made : better(made, made.stripped());
    if (!made.coding().isEmpty()) {
      return small;
    }
    for (String at : made.values().keySet()) {
      if (small.values().size() > 1) {
        Map<String, @Nullable Node> fewer = new LinkedHashMap<>(small.values());
        fewer.remove(at);
        small = better(small, small.values(fewer));
      }
    }
    for (String at : List.copyOf(small.values().keySet())) {
      small = deeper(small, at);
    }
    for (String at : List.copyOf(small.values().keySet())) {
      small = parts(small, at);
      small = ends(small, at, low(roots, at));
    }
    return small;
  }

  private FuzzCase better(FuzzCase small, FuzzCase less) {
    return !less.equals(small) && stands.test(less) && isShown(less) ? less : small;
  }

  private boolean isShown(FuzzCase made) {
    return left-- > 0 && shows.test(made);
  }

  /// One member in place of the whole that holds it.
  private FuzzCase deeper(FuzzCase made, String at) {
    Node value = made.values().get(at);
    if (made.rule() != Rule.RIGHT
        || !Trials.inBody(at)
        || !(value instanceof Obj object)
        || left < REQUESTS / 2) {
      return made;
    }
    for (Node.Member each : object.entries()) {
      String below = at + Pointers.of(List.of(each.name()));
      Map<String, @Nullable Node> values = new LinkedHashMap<>(made.values());
      values.remove(at);
      values.put(below, each.value());
      FuzzCase less = better(made, made.values(values));
      if (!less.equals(made)) {
        return deeper(less, below);
      }
    }
    return made;
  }

  /// Without the members and items that it can do without.
  private FuzzCase parts(FuzzCase made, String at) {
    FuzzCase small = made;
    for (boolean again = true; again && left > 0; ) {
      again = false;
      Node value = small.values().get(at);
      for (Node less : value == null ? List.<Node>of() : lesser(value)) {
        FuzzCase next = better(small, small.with(at, less));
        if (!next.equals(small)) {
          small = next;
          again = true;
          break;
        }
      }
    }
    return small;
  }

  private static List<Node> lesser(Node value) {
    List<Node> all = new ArrayList<>();
    switch (value) {
      case Obj object -> {
        object.entries().forEach(each -> all.add(Json.without(object, each.name())));
        for (Node.Member each : object.entries()) {
          lesser(each.value())
              .forEach(less -> all.add(Json.with(object, List.of(each.name()), less)));
        }
      }
      case Arr(var _, List<Node> items) -> {
        if (items.size() > 2) {
          all.add(Json.of(items.subList(0, items.size() / 2)));
        }
        if (!items.isEmpty()) {
          all.add(Json.of(items.subList(0, items.size() - 1)));
          all.add(Json.of(items.subList(1, items.size())));
        }
      }
      default -> {}
    }
    return all;
  }

  private static Node low(List<Root> roots, String at) {
    for (Root root : roots) {
      for (Site site : root.sites()) {
        String here = root.parameter() == null ? "body" + Pointers.of(site.path()) : root.at();
        if (here.equals(at) && site.flat().get("minimum") instanceof Node.Num least) {
          return least;
        }
      }
    }
    return Json.of(0);
  }

  /// Between a value that does no harm and one that does, the first that does.
  private FuzzCase ends(FuzzCase made, String at, Node least) {
    Node harmful = made.values().get(at);
    Node low = harmful instanceof Node.Text ? Json.of("") : least;
    FuzzCase small = made;
    int blind = REQUESTS;
    while (harmful != null && left > 0 && blind-- > 0) {
      Node middle = between(low, harmful);
      if (middle == null) {
        return small;
      }
      FuzzCase less = small.with(at, middle);
      if (stands.test(less) && isShown(less)) {
        small = less;
        harmful = middle;
      } else {
        low = middle;
      }
    }
    return small;
  }

  private static @Nullable Node between(Node simple, Node harmful) {
    if (simple instanceof Node.Num low && harmful instanceof Node.Num high) {
      if (high.value().abs().precision() - high.value().scale() > 30) {
        return null;
      }
      BigDecimal middle =
          low.value().add(high.value()).divide(BigDecimal.TWO, 0, RoundingMode.FLOOR);
      boolean done = middle.compareTo(low.value()) == 0 || middle.compareTo(high.value()) == 0;
      return done ? null : Json.number(middle.toPlainString());
    }
    if (simple instanceof Node.Text low && harmful instanceof Node.Text high) {
      int from = low.value().codePointCount(0, low.value().length());
      int to = high.value().codePointCount(0, high.value().length());
      int middle = (from + to) / 2;
      return middle <= from || middle >= to
          ? null
          : Json.of(high.value().substring(0, high.value().offsetByCodePoints(0, middle)));
    }
    return null;
  }
}
