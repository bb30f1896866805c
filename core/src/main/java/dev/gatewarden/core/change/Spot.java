package dev.gatewarden.core.change;

import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Names for places of a contract, short enough for a sentence.
final class Spot {
  private Spot() {}

  /// What the schema at a place describes, `Order.items[].sku`; empty where its pointer names
  /// nothing.
  static String name(@Nullable Place place) {
    List<String> tokens = place == null ? List.of() : tokens(place.path());
    int from = start(tokens);
    StringBuilder name = new StringBuilder();
    if (from > 0 && from < tokens.size() && named(tokens, from)) {
      name.append(tokens.get(from++));
    }
    while (from < tokens.size()) {
      switch (tokens.get(from)) {
        case "properties" -> {
          if (++from < tokens.size()) {
            name.append(name.isEmpty() ? "" : ".").append(tokens.get(from));
          }
        }
        case "items", "prefixItems" -> name.append("[]");
        case "additionalProperties", "patternProperties" -> name.append(".*");
        default -> {}
      }
      from++;
    }
    return name.isEmpty() ? "" : "`" + Literals.shown(name.toString()) + "`";
  }

  private static boolean named(List<String> tokens, int from) {
    String above = tokens.get(from - 1);
    return above.equals("schemas") || above.equals("definitions");
  }

  /// Where the schema begins: behind `schemas/NAME`, or behind `schema`.
  private static int start(List<String> tokens) {
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).equals("components") && tokens.get(i + 1).equals("schemas")) {
        return i + 2;
      }
      if (i == 0 && tokens.get(i).equals("definitions")) {
        return 1;
      }
    }
    int schema = tokens.indexOf("schema");
    return schema < 0 ? tokens.size() : schema + 1;
  }

  /// The pointer of a place, for telling changes apart; empty for none.
  static String pointer(@Nullable Place place) {
    return place == null ? "" : place.pointer();
  }

  /// The place with the pointer of what is around it: positions in a list tell nothing.
  static @Nullable Place around(@Nullable Place place) {
    return place != null && place.path() instanceof Place.Path.Step(Place.Path parent, var _)
        ? new Place(place.origin(), place.line(), place.column(), parent)
        : place;
  }

  /// How a flow is called in a sentence.
  static String in(Flow flow) {
    return flow.name().toLowerCase(Locale.ROOT) + "s";
  }

  private static List<String> tokens(Place.Path path) {
    List<String> tokens = new ArrayList<>();
    for (Place.Path at = path; at instanceof Place.Path.Step step; at = step.parent()) {
      tokens.add(step.token());
    }
    return tokens.reversed();
  }
}
