package dev.gatewarden.demo.broken.forum;

import dev.gatewarden.demo.broken.Ask;
import dev.gatewarden.demo.broken.Refused;
import java.util.List;
import java.util.Map;

/// The fields of a form, each of which may be there once.
record Form(Map<String, List<String>> fields) {

  static Form of(Ask ask) {
    return new Form(ask.form());
  }

  /// A field that has to be there.
  ///
  /// @throws Refused when it is not, or has another length
  String needs(String name, int least, int most) {
    if (!has(name)) {
      throw new Refused(400, name + " is missing");
    }
    return may(name, least, most, "");
  }

  /// A field, or something else where it is not there.
  String may(String name, int least, int most, String otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    List<String> values = fields.getOrDefault(name, List.of());
    String value = values.getFirst();
    int length = value.codePointCount(0, value.length());
    if (values.size() > 1 || length < least || length > most) {
      throw new Refused(400, name + " is too short, too long, or there twice");
    }
    return value;
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }
}
