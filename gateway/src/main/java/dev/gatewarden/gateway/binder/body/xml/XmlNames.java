package dev.gatewarden.gateway.binder.body.xml;

import dev.gatewarden.gateway.binder.shape.Shape;
import dev.gatewarden.gateway.binder.shape.XmlWords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the values of a schema are named in XML (OpenAPI, "XML Object").
public final class XmlNames {
  private final Map<Shape, Names> known = new IdentityHashMap<>();
  private final List<String> clashes = new ArrayList<>();

  /// The names inside one element.
  ///
  /// @param text the property that holds the element's own text, or null
  record Names(
      Map<String, XmlName> elements,
      Map<String, XmlName> attributes,
      Map<String, XmlName> byProperty,
      @Nullable String text) {

    /// The property that an element or attribute of that name is.
    static @Nullable XmlName find(
        Map<String, XmlName> among, String local, String namespace, String around) {
      XmlName own = among.get(namespace + " " + local);
      return own != null ? own : namespace.equals(around) ? among.get("* " + local) : null;
    }
  }

  /// Reads the names of a shape and of everything below it.
  public XmlNames(Shape root) {
    List<Shape> open = new ArrayList<>();
    open.add(root);
    while (!open.isEmpty()) {
      Shape shape = open.removeLast();
      if (known.containsKey(shape)) {
        continue;
      }
      known.put(shape, names(shape));
      open.addAll(shape.properties().values());
      open.add(shape.items());
      open.add(shape.property("\u0000"));
    }
  }

  /// Properties that are written under one name, so that nobody can tell them apart.
  public List<String> clashes() {
    return clashes;
  }

  Names of(Shape shape) {
    Names names = known.get(shape);
    if (names == null) {
      throw new dev.gatewarden.core.GatewardenBug("a shape without XML names");
    }
    return names;
  }

  private Names names(Shape shape) {
    Map<String, XmlName> elements = new HashMap<>();
    Map<String, XmlName> attributes = new HashMap<>();
    Map<String, XmlName> byProperty = new HashMap<>();
    String text = null;
    for (Map.Entry<String, Shape> each : shape.properties().entrySet()) {
      XmlName name = name(each.getKey(), each.getValue());
      byProperty.put(each.getKey(), name);
      if (each.getValue().xml().kind() == XmlWords.Kind.TEXT) {
        text = each.getKey();
        continue;
      }
      boolean attribute = each.getValue().xml().kind() == XmlWords.Kind.ATTRIBUTE;
      Map<String, XmlName> to = attribute ? attributes : elements;
      String namespace = name.namespace() == null ? attribute ? "" : "*" : name.namespace();
      XmlName other = to.put(namespace + " " + name.local(), name);
      if (other != null) {
        clashes.add("`" + other.property() + "` and `" + name.property() + "`");
      }
    }
    return new Names(elements, attributes, byProperty, text);
  }

  private static XmlName name(String property, Shape shape) {
    boolean list = shape.mayBeArray() && !shape.plain();
    boolean wrapped = shape.xml().kind() == XmlWords.Kind.WRAPPED;
    if (list && !wrapped) {
      return named(property, shape, item(property, shape), shape.items().xml());
    }
    String local = shape.xml().name() == null ? property : shape.xml().name();
    return named(property, shape, local, shape.xml());
  }

  private static XmlName named(String property, Shape shape, String local, XmlWords words) {
    return new XmlName(
        property, shape, local, words.namespace().isEmpty() ? null : words.namespace());
  }

  /// The name of the elements that are the items of a list.
  static String item(String property, Shape list) {
    String own = list.items().xml().name();
    if (own != null) {
      return own;
    }
    String outer = list.xml().name();
    return outer == null ? property : outer;
  }

  /// The place in the message of a JSON pointer into the value.
  public String where(String root, Shape shape, String pointer) {
    StringBuilder where = new StringBuilder("body/").append(root);
    Shape at = shape;
    String item = "";
    for (String raw : pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
      String token = raw.replace("~1", "/").replace("~0", "~");
      if (at.mayBeArray()
          && !at.plain()
          && !token.isEmpty()
          && Character.isDigit(token.charAt(0))) {
        where.append(item).append('[').append(number(token)).append(']');
        at = at.items();
        item = "";
        continue;
      }
      Names names = known.get(at);
      XmlName name = names == null ? null : names.byProperty().get(token);
      if (name == null) {
        where.append('/').append(token);
        at = at.property(token);
        continue;
      }
      boolean attribute = name.shape().xml().kind() == XmlWords.Kind.ATTRIBUTE;
      if (name.shape().xml().kind() != XmlWords.Kind.TEXT) {
        where.append('/').append(attribute ? "@" : "").append(name.local());
      }
      item = name.isWrapped() ? "/" + item(token, name.shape()) : "";
      at = name.shape();
    }
    return where.toString();
  }

  private static String number(String token) {
    try {
      return Integer.toString(Integer.parseInt(token) + 1);
    } catch (NumberFormatException e) {
      return token;
    }
  }
}
