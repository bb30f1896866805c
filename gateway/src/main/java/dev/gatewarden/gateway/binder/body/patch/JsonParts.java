package dev.gatewarden.gateway.binder.body.patch;

import dev.gatewarden.core.schema.JsonText;

/// Walks the members and items of a document that was judged to be JSON.
final class JsonParts {
  private JsonParts() {}

  /// What is done with each member.
  @FunctionalInterface
  interface Member {
    /// @param nameFrom the name's opening quote
    /// @param from the first byte of the value
    /// @param to behind its last byte
    void at(String name, int nameFrom, int from, int to);
  }

  /// What is done with each item.
  @FunctionalInterface
  interface Item {
    void at(int index, int from, int to);
  }

  /// Where the value begins that stands at an offset or behind spaces there.
  static int begin(byte[] json, int at) {
    int begin = at;
    while (json[begin] == ' '
        || json[begin] == '\t'
        || json[begin] == '\n'
        || json[begin] == '\r') {
      begin++;
    }
    return begin;
  }

  static void members(byte[] json, int object, Member each) {
    int at = begin(json, object + 1);
    while (json[at] != '}') {
      int quote = at;
      int behind = JsonText.endOfString(json, quote);
      int from = begin(json, begin(json, behind) + 1);
      int to = JsonText.end(json, from);
      each.at(JsonText.decode(json, quote, behind), quote, from, to);
      at = begin(json, to);
      at = json[at] == ',' ? begin(json, at + 1) : at;
    }
  }

  static void items(byte[] json, int array, Item each) {
    int at = begin(json, array + 1);
    for (int index = 0; json[at] != ']'; index++) {
      int to = JsonText.end(json, at);
      each.at(index, at, to);
      at = begin(json, to);
      at = json[at] == ',' ? begin(json, at + 1) : at;
    }
  }
}
