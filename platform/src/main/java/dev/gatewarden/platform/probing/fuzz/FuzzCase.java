package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request by what is changed about one that works, so that it can be sent again when ids and
/// credentials are others.
///
/// @param finding the id of the finding that it shows; empty where it shows none yet
/// @param right whether the contract permits it
/// @param values by the place they stand at; where it is null, what stood there is taken away
public record FuzzCase(
    String finding, String operation, boolean right, Map<String, @Nullable Node> values) {
  private static final Bounds BOUNDS = new Bounds(1 << 20, 32, 10_000);

  public FuzzCase {
    values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  FuzzCase showing(String id) {
    return new FuzzCase(id, operation, right, values);
  }

  /// As a line of JSON, without its end.
  public String line() {
    Map<String, Node> places = new LinkedHashMap<>();
    List<Node> without = new ArrayList<>();
    values.forEach(
        (at, value) -> {
          if (value == null) {
            without.add(Json.of(at));
          } else {
            places.put(at, value);
          }
        });
    Map<String, Node> members = new LinkedHashMap<>();
    members.put("finding", Json.of(finding));
    members.put("operation", Json.of(operation));
    members.put("right", Json.of(right));
    members.put("with", Json.of(places));
    members.put("without", Json.of(without));
    return Json.text(Json.of(members));
  }

  /// Reads a line.
  ///
  /// @throws ProblemsException where it is none
  public static FuzzCase read(Place.Origin origin, String line) {
    Node node = new DocumentReader(BOUNDS).read(origin, line.getBytes(StandardCharsets.UTF_8));
    if (!(node instanceof Node.Obj object)
        || !(object.get("finding") instanceof Node.Text finding)
        || !(object.get("operation") instanceof Node.Text operation)
        || !(object.get("right") instanceof Node.Bool right)
        || !(object.get("with") instanceof Node.Obj with)
        || !(object.get("without") instanceof Node.Arr without)) {
      throw new ProblemsException(
          List.of(
              new Problem(
                  node.place(), "this is no saved request", "let `--fuzz` write the corpus")));
    }
    Map<String, @Nullable Node> values = new LinkedHashMap<>();
    with.entries().forEach(each -> values.put(each.name(), each.value()));
    without.items().forEach(each -> values.put(String.valueOf(Json.scalar(each)), null));
    return new FuzzCase(finding.value(), operation.value(), right.value(), values);
  }
}
