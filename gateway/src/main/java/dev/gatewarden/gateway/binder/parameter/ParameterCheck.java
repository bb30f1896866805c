package dev.gatewarden.gateway.binder.parameter;

import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.Violation;
import dev.gatewarden.gateway.binder.body.Visits;
import dev.gatewarden.gateway.binder.shape.JsonBytes;
import dev.gatewarden.gateway.binder.shape.Piece;
import dev.gatewarden.gateway.binder.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Judges the value of one parameter: writes the text as the JSON value it stands for, and lets the
/// schema judge that.
///
/// Where a text may be a string as well as a number or a boolean, it is good if either is.
final class ParameterCheck {
  private static final ThreadLocal<JsonBytes> TEXT = ThreadLocal.withInitial(JsonBytes::new);
  private final Parameter parameter;
  private final Schema schema;
  private final Shape shape;
  private final boolean document;

  /// @param shape what the schema leaves possible
  /// @param document whether the text is a JSON document (`content`)
  ParameterCheck(Parameter parameter, Schema schema, Shape shape, boolean document) {
    this.parameter = parameter;
    this.schema = schema;
    this.shape = shape;
    this.document = document;
  }

  Parameter parameter() {
    return parameter;
  }

  Shape shape() {
    return shape;
  }

  String name() {
    return parameter.name();
  }

  /// Whether one text is the whole value, not to be cut.
  boolean plain() {
    return document || parameter.mediaType() != null || shape.plain();
  }

  /// `query/limit`
  String where() {
    return parameter.in() == Parameter.In.QUERYSTRING
        ? "query"
        : parameter.in().name().toLowerCase(Locale.ROOT) + "/" + parameter.name();
  }

  /// Whether the schema takes one value that came as text.
  boolean takes(String text) {
    return judge(write(text, false)) || (shape.ambiguous() && judge(write(text, true)));
  }

  /// Whether the schema takes a value that was cut.
  boolean takes(Piece piece) {
    return judge(write(piece, false)) || judge(write(piece, true));
  }

  /// Tells what is wrong with a value that the schema does not take.
  void explain(String text, List<Detail> details) {
    explain(write(text, shape.ambiguous()), details);
  }

  void explain(Piece piece, List<Detail> details) {
    explain(write(piece, false), details);
  }

  private void explain(JsonBytes json, List<Detail> details) {
    List<Violation> found =
        schema.explain(json.array(), 0, json.length(), Visits.mine(), Violation.Limits.DEFAULT);
    for (Violation each : found) {
      details.add(
          new Detail(where(each.instanceLocation()), each.keywordLocation(), each.sentence()));
    }
  }

  /// The place in the message of a pointer into the value: `query/filter[status]`.
  private String where(String pointer) {
    if (pointer.isEmpty() || document) {
      return where() + pointer;
    }
    if (parameter.style() == Parameter.Style.DEEP_OBJECT && shape.mayBeObject()) {
      return where() + "[" + String.join("][", tokens(pointer)) + "]";
    }
    if (parameter.in() == Parameter.In.QUERYSTRING) {
      return "query/" + String.join("/", tokens(pointer));
    }
    if (parameter.in() == Parameter.In.QUERY
        && parameter.explode()
        && shape.mayBeObject()
        && !shape.mayBeArray()) {
      return "query/" + String.join("/", tokens(pointer));
    }
    return where() + pointer;
  }

  private static List<String> tokens(String pointer) {
    List<String> tokens = new ArrayList<>();
    for (String token : pointer.substring(1).split("/", -1)) {
      tokens.add(token.replace("~1", "/").replace("~0", "~"));
    }
    return tokens;
  }

  private JsonBytes write(String text, boolean texts) {
    JsonBytes json = TEXT.get().clear();
    if (document) {
      json.append(text);
    } else {
      json.write(text, shape, texts);
    }
    return json;
  }

  private JsonBytes write(Piece piece, boolean texts) {
    JsonBytes json = TEXT.get().clear();
    json.write(piece, shape, texts);
    return json;
  }

  private boolean judge(JsonBytes json) {
    return schema.judge(json.array(), 0, json.length(), Visits.mine()) == Schema.VALID;
  }
}
