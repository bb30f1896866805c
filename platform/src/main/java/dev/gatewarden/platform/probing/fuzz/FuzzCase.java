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
/// @param cause the place of that finding; empty where it shows none yet
/// @param rule what is tried by it
/// @param values by the place they stand at: `query.limit`, `body/a/0`; where it is null, what
///     stood
///     there is taken away
/// @param coding how the request is written, or empty for plainly
/// @param bare whether what may be left out of the body is
public record FuzzCase(
    String finding,
    String cause,
    String operation,
    Rule rule,
    Map<String, @Nullable Node> values,
    String coding,
    boolean bare) {
  private static final Bounds BOUNDS = new Bounds(8 << 20, 64, 100_000);

  public FuzzCase {
    values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  static FuzzCase of(String operation, Rule rule, Map<String, @Nullable Node> values) {
    return new FuzzCase("", "", operation, rule, values, "", false);
  }

  FuzzCase showing(String id, String place) {
    return new FuzzCase(id, place, operation, rule, values, coding, bare);
  }

  FuzzCase values(Map<String, @Nullable Node> others) {
    return new FuzzCase(finding, cause, operation, rule, others, coding, bare);
  }

  FuzzCase with(String at, @Nullable Node value) {
    Map<String, @Nullable Node> others = new LinkedHashMap<>(values);
    others.put(at, value);
    return values(others);
  }

  /// The same values in a coding.
  FuzzCase coded(Rule tried, String word) {
    return new FuzzCase(finding, cause, operation, tried, values, word, bare);
  }

  FuzzCase stripped() {
    return new FuzzCase(finding, cause, operation, rule, values, coding, true);
  }

  /// Where it differs from what works: its places, or how it is written.
  String where() {
    return coding.isEmpty() ? String.join(", ", values.keySet()) : coding;
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
    members.put("cause", Json.of(cause));
    members.put("operation", Json.of(operation));
    members.put("rule", Json.of(rule.name()));
    members.put("with", Json.of(places));
    members.put("without", Json.of(without));
    members.put("coding", Json.of(coding));
    members.put("bare", Json.of(bare));
    return Json.text(Json.of(members));
  }

  /// Reads a line.
  ///
  /// @throws ProblemsException where it is none
  public static FuzzCase read(Place.Origin origin, String line) {
    Node node = new DocumentReader(BOUNDS).read(origin, line.getBytes(StandardCharsets.UTF_8));
    if (!(node instanceof Node.Obj object)
        || !(object.get("finding") instanceof Node.Text finding)
        || !(object.get("cause") instanceof Node.Text cause)
        || !(object.get("operation") instanceof Node.Text operation)
        || !(object.get("rule") instanceof Node.Text said)
        || !(object.get("with") instanceof Node.Obj with)
        || !(object.get("without") instanceof Node.Arr without)
        || !(object.get("coding") instanceof Node.Text coding)
        || !(object.get("bare") instanceof Node.Bool bare)) {
      throw none(node);
    }
    Rule rule = null;
    for (Rule each : Rule.values()) {
      rule = each.name().equals(said.value()) ? each : rule;
    }
    if (rule == null) {
      throw none(said);
    }
    Map<String, @Nullable Node> values = new LinkedHashMap<>();
    with.entries().forEach(each -> values.put(each.name(), each.value()));
    without.items().forEach(each -> values.put(String.valueOf(Json.scalar(each)), null));
    return new FuzzCase(
        finding.value(),
        cause.value(),
        operation.value(),
        rule,
        values,
        coding.value(),
        bare.value());
  }

  private static ProblemsException none(Node node) {
    return new ProblemsException(
        List.of(
            new Problem(
                node.place(), "this is no saved request", "let `--fuzz` write the corpus")));
  }
}
