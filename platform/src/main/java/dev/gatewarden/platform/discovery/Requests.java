package dev.gatewarden.platform.discovery;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.contract.Shape;
import dev.gatewarden.core.document.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Ids that a request names outside of its path.
final class Requests {
  private Requests() {}

  /// Whether a request has to name such an object, by a parameter or in its body.
  static boolean names(Operation operation, String kind) {
    return operation.parameters().stream()
            .anyMatch(each -> each.required() && Words.id(each.name()) && is(each.name(), kind))
        || ids(operation).stream().anyMatch(each -> is(each, kind));
  }

  /// An id in the query or the body that an operation needs, or that it may change something by.
  static Optional<String> unknown(Operation operation) {
    for (Parameter each : operation.parameters()) {
      if (each.in() == Parameter.In.QUERY
          && (each.required() || !operation.safe())
          && (Words.id(each.name()) || Words.plain(each.name()).equals("id"))) {
        return Optional.of(each.name());
      }
    }
    return ids(operation).stream().findFirst();
  }

  private static boolean is(String name, String kind) {
    return Words.keyed(name).equals(kind);
  }

  /// The members that a body has to have and that are named like the id of something.
  static List<String> ids(Operation operation) {
    Shape shape = shape(operation);
    List<String> ids = new ArrayList<>();
    if (shape != null && shape.value("required") instanceof Node.Arr(var _, List<Node> names)) {
      for (Node name : names) {
        Shape member =
            name instanceof Node.Text text && Words.id(text.value())
                ? shape.members().get(text.value())
                : null;
        if (member != null && member.scalar()) {
          ids.add(((Node.Text) name).value());
        }
      }
    }
    return ids;
  }

  /// The member that a body has to have and that lists ids of one kind: `order_ids`, with the name
  /// of the kind; null where none is.
  static Map.@Nullable Entry<String, String> several(Operation operation) {
    Shape shape = shape(operation);
    if (shape == null) {
      return null;
    }
    for (String each : required(operation)) {
      Shape member = shape.members().get(each);
      Shape items = member == null ? null : member.items();
      if (items != null && items.scalar() && Words.several(each)) {
        return Map.entry(each, Words.camel(Words.of(each).subList(0, Words.of(each).size() - 1)));
      }
    }
    return null;
  }

  /// The plain members that a body has to have, in whatever type it is sent.
  static List<String> required(Operation operation) {
    RequestBody body = operation.body();
    List<String> required = new ArrayList<>();
    for (Content.MediaType type :
        body == null ? List.<Content.MediaType>of() : body.content().types().values()) {
      SchemaSource schema = type.schema();
      Shape shape = schema == null ? null : Shape.of(schema);
      if (shape != null && shape.value("required") instanceof Node.Arr(var _, List<Node> names)) {
        for (Node name : names) {
          if (name instanceof Node.Text(var _, String text)) {
            required.add(text);
          }
        }
      }
    }
    return required;
  }

  private static @Nullable Shape shape(Operation operation) {
    RequestBody body = operation.body();
    for (Content.MediaType type :
        body == null ? List.<Content.MediaType>of() : body.content().types().values()) {
      SchemaSource schema = type.schema();
      if (schema != null && Answers.json(type.range())) {
        return Shape.of(schema);
      }
    }
    return null;
  }
}
