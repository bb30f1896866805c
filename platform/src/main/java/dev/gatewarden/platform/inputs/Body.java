package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a request carries.
sealed interface Body {

  /// The media type, without parameters.
  String type();

  /// A JSON value.
  record Value(String type, Node value) implements Body {
    /// Nothing of the value.
    @Override
    public String toString() {
      return type;
    }
  }

  /// The fields of a form.
  record Form(String type, List<Field> fields) implements Body {
    public Form {
      fields = List.copyOf(fields);
    }

    /// The fields as an object, a file as an empty text.
    Node.Obj object() {
      Map<String, Node> members = new LinkedHashMap<>();
      fields.forEach(each -> members.put(each.name(), Json.of(each.value())));
      return Json.of(members);
    }
  }

  /// One field of a form.
  record Field(String name, String value, boolean file) {
    /// Nothing of the value.
    @Override
    public String toString() {
      return name;
    }
  }

  /// Text of another kind.
  record Other(String type) implements Body {}
}
