package dev.gatewarden.platform.probing.protocol;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A request as it is made and kept: what is written into it, without who sends it.
///
/// @param finding the id of the finding that it shows; empty where it shows none yet
/// @param right whether the schema permits it
/// @param values by the place they stand at
public record ProtocolCase(
    String finding, String operation, boolean right, Map<String, Node> values) {
  private static final Bounds BOUNDS = new Bounds(1 << 20, 64, 10_000);

  public ProtocolCase {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /// The same request, that shows a finding.
  ProtocolCase showing(String id) {
    return new ProtocolCase(id, operation, right, values);
  }

  /// With another value at a place.
  public ProtocolCase with(String at, Node value) {
    Map<String, Node> others = new LinkedHashMap<>(values);
    others.put(at, value);
    return new ProtocolCase("", operation, right, others);
  }

  /// Without one of its places.
  public ProtocolCase without(String at) {
    Map<String, Node> fewer = new LinkedHashMap<>(values);
    fewer.remove(at);
    return new ProtocolCase("", operation, right, fewer);
  }

  /// The same request, which the schema does not permit.
  ///
  /// @param what is wrong with it
  public ProtocolCase wrong(String what) {
    Map<String, Node> others = new LinkedHashMap<>(values);
    others.put("wrong", Json.of(what));
    return new ProtocolCase("", operation, false, others);
  }

  /// What is wrong with it, as it was said when it was made.
  public String wrongness() {
    String said = Json.scalar(values.get("wrong"));
    return said == null ? "something" : said;
  }

  /// As a line of JSON, without its end.
  public String line() {
    Map<String, Node> members = new LinkedHashMap<>();
    members.put("finding", Json.of(finding));
    members.put("operation", Json.of(operation));
    members.put("right", Json.of(right));
    members.put("with", Json.of(values));
    return Json.text(Json.of(members));
  }

  /// Reads the lines of a corpus.
  ///
  /// @throws ProblemsException where one is no case
  public static List<ProtocolCase> read(Place.Origin origin, List<String> lines) {
    List<ProtocolCase> cases = new ArrayList<>();
    for (String each : lines) {
      if (!each.isBlank()) {
        cases.add(read(origin, each));
      }
    }
    return cases;
  }

  private static ProtocolCase read(Place.Origin origin, String line) {
    Node node = new DocumentReader(BOUNDS).read(origin, line.getBytes(StandardCharsets.UTF_8));
    if (!(node instanceof Node.Obj object)
        || !(object.get("finding") instanceof Node.Text finding)
        || !(object.get("operation") instanceof Node.Text operation)
        || !(object.get("right") instanceof Node.Bool right)
        || !(object.get("with") instanceof Node.Obj with)) {
      throw new ProblemsException(
          List.of(
              new Problem(
                  node.place(), "this is no saved request", "let `--fuzz` write the corpus")));
    }
    Map<String, Node> values = new LinkedHashMap<>();
    with.entries().forEach(each -> values.put(each.name(), each.value()));
    return new ProtocolCase(finding.value(), operation.value(), right.value(), values);
  }
}
