package dev.gatewarden.demo.broken;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What an object that came in may hold, held against it field by field.
///
/// Each method throws [Refused] with 400 where the object is something else.
public final class Fields {

  private final ObjectNode json;
  private final Set<String> known = new HashSet<>();

  private Fields(ObjectNode json) {
    this.json = json;
  }

  public static Fields of(ObjectNode json) {
    return new Fields(json);
  }

  public Fields needs(String... names) {
    for (String name : names) {
      check(json.has(name), name + " is missing");
    }
    return this;
  }

  /// @param least and most count characters, not bytes
  public Fields text(String name, int least, int most) {
    JsonNode value = known(name);
    if (!value.isMissingNode()) {
      check(value.isString(), name + " is a text");
      String text = value.asString();
      int length = text.codePointCount(0, text.length());
      check(length >= least && length <= most, name + " is too short or too long");
    }
    return this;
  }

  public Fields choice(String name, List<String> choices) {
    JsonNode value = known(name);
    check(
        value.isMissingNode() || (value.isString() && choices.contains(value.asString())),
        name + " is one of " + String.join(", ", choices));
    return this;
  }

  public Fields integer(String name, int least, int most) {
    JsonNode value = known(name);
    if (!value.isMissingNode()) {
      check(value.isNumber() && value.canConvertToExactIntegral(), name + " is a whole number");
      BigDecimal number = value.decimalValue();
      check(
          number.compareTo(BigDecimal.valueOf(least)) >= 0
              && number.compareTo(BigDecimal.valueOf(most)) <= 0,
          name + " is too small or too large");
    }
    return this;
  }

  public Fields truth(String name) {
    JsonNode value = known(name);
    check(value.isMissingNode() || value.isBoolean(), name + " is true or false");
    return this;
  }

  /// An object below, for the caller to look into.
  public Fields object(String name) {
    JsonNode value = known(name);
    check(value.isMissingNode() || value.isObject(), name + " is an object");
    return this;
  }

  /// Nothing else may be there.
  public void only() {
    for (String name : json.propertyNames()) {
      check(known.contains(name), "there is a field that nobody asked for");
    }
  }

  private JsonNode known(String name) {
    known.add(name);
    return json.path(name);
  }

  private static void check(boolean right, String message) {
    if (!right) {
      throw new Refused(400, message);
    }
  }
}
