package dev.gatewarden.gateway.binder.shape;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a schema leaves possible, taken over all its branches: which types, which properties, which
/// items. It only tells how text is to be read; whether the value is good, the schema judges.
///
/// Shapes of recursive schemas are circles.
public final class Shape {
  static final int STRING = 1;
  static final int INTEGER = 2;
  static final int NUMBER = 4;
  static final int BOOLEAN = 8;
  static final int NULL = 16;
  static final int ARRAY = 32;
  static final int OBJECT = 64;
  static final int ANY = 127;

  /// Nothing is known: any value may stand there.
  public static final Shape UNKNOWN = new Shape(ANY, true);

  /// Nothing may stand there.
  public static final Shape NOTHING = new Shape(0, false);

  final Map<String, Shape> properties = new LinkedHashMap<>();
  int types;
  boolean open;
  @Nullable Shape items;
  @Nullable Shape additional;
  XmlWords xml = XmlWords.NONE;

  Shape(int types, boolean open) {
    this.types = types;
    this.open = open;
  }

  /// The declared properties by name, in the order of the contract.
  public Map<String, Shape> properties() {
    return properties;
  }

  /// What a property may be, declared or not.
  public Shape property(String name) {
    Shape declared = properties.get(name);
    if (declared != null) {
      return declared;
    }
    return additional == null ? UNKNOWN : additional;
  }

  /// What each item of an array may be.
  public Shape items() {
    return items == null ? UNKNOWN : items;
  }

  /// Whether properties may stand there that are not declared by name.
  public boolean open() {
    return open;
  }

  public boolean mayBeArray() {
    return (types & ARRAY) != 0;
  }

  public boolean mayBeObject() {
    return (types & OBJECT) != 0;
  }

  /// Whether it may be something, other than null, that one text stands for.
  public boolean mayBeScalar() {
    return (types & (STRING | INTEGER | NUMBER | BOOLEAN)) != 0;
  }

  /// Whether nothing but single texts stand for it.
  public boolean plain() {
    return types == ANY || (types & (ARRAY | OBJECT)) == 0;
  }

  /// Whether a text that reads as number or boolean may be a string as well.
  public boolean ambiguous() {
    return (types & STRING) != 0 && (types & (INTEGER | NUMBER | BOOLEAN)) != 0;
  }

  /// What XML makes of it.
  public XmlWords xml() {
    return xml;
  }

  /// Whether a text stands, bare, for a number, a boolean or null.
  ///
  /// Integers are written as JSON writes them, without fraction and exponent: `1e2` is 100 to some
  /// services and 1 to others. Where a string may stand, `null` is one.
  boolean bare(String text) {
    if (text.isEmpty()) {
      return false;
    }
    char first = text.charAt(0);
    if (first == 't' || first == 'f') {
      return (types & BOOLEAN) != 0 && (text.equals("true") || text.equals("false"));
    }
    if (first == 'n') {
      return (types & NULL) != 0 && (types & STRING) == 0 && text.equals("null");
    }
    if ((types & NUMBER) != 0) {
      return isNumber(text);
    }
    return (types & INTEGER) != 0 && integerEnd(text) == text.length() && !text.equals("-0");
  }

  /// The grammar of numbers in JSON (RFC 8259, section 6).
  static boolean isNumber(String text) {
    int at = integerEnd(text);
    int end = text.length();
    if (at > 0 && at < end && text.charAt(at) == '.') {
      at = digits(text, at + 1);
    }
    if (at > 0 && at < end && (text.charAt(at) | 32) == 'e') {
      int sign = at + 1 < end && (text.charAt(at + 1) == '+' || text.charAt(at + 1) == '-') ? 1 : 0;
      at = digits(text, at + 1 + sign);
    }
    return at == end && at > 0;
  }

  /// Behind the integer that the text begins with, or -1.
  private static int integerEnd(String text) {
    int from = text.charAt(0) == '-' ? 1 : 0;
    int at = digits(text, from);
    return at > from + 1 && text.charAt(from) == '0' ? -1 : at;
  }

  /// Behind at least one digit, or -1.
  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at == from ? -1 : at;
  }
}
