package dev.gatewarden.platform.probing;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Member;
import dev.gatewarden.core.document.Node.Obj;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values as XML, by what the contract's `xml` says of names, attributes and wrapped lists
/// (OpenAPI, "XML Object").
public final class Markup {
  private static final int DEEPEST = 32;

  /// A schema laid flat, of its alternatives the one that is meant for a value.
  @FunctionalInterface
  public interface Flat {
    Obj of(Node schema, Node value);
  }

  private final Flat shapes;
  private final StringBuilder text = new StringBuilder();

  private Markup(Flat shapes) {
    this.shapes = shapes;
  }

  /// A document, in UTF-8.
  public static byte[] of(Flat shapes, Node schema, Node value) {
    Markup markup = new Markup(shapes);
    if (value instanceof Node.Text(var _, String whole) && whole.startsWith("<")) {
      // an example as its author wrote it
      return whole.getBytes(StandardCharsets.UTF_8);
    }
    markup.text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    markup.element(root(markup, schema, value), schema, value, 0);
    return markup.text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// What `xml.name` says, else the name of the schema.
  private static String root(Markup markup, Node schema, Node value) {
    String said = word(markup.flat(schema, value), "name");
    if (said != null) {
      return said;
    }
    if (schema instanceof Obj object && object.get("$ref") instanceof Node.Text(var _, String to)) {
      return to.substring(to.lastIndexOf('/') + 1);
    }
    return "root";
  }

  private Obj flat(Node schema, Node value) {
    return shapes.of(schema, value);
  }

  private static @Nullable String word(Obj flat, String name) {
    return Json.scalar(Json.at(flat, List.of("xml", name)));
  }

  private static boolean is(Obj flat, String name) {
    return "true".equals(word(flat, name));
  }

  private void element(String name, Node schema, Node value, int depth) {
    Obj flat = flat(schema, value);
    String prefix = word(flat, "prefix");
    String tag = prefix == null ? name : prefix + ":" + name;
    text.append('<').append(tag);
    String namespace = word(flat, "namespace");
    if (namespace != null) {
      text.append(prefix == null ? " xmlns" : " xmlns:" + prefix).append("=\"");
      escaped(namespace);
      text.append('"');
    }
    Obj properties = flat.get("properties") instanceof Obj all ? all : Json.EMPTY;
    if (value instanceof Obj object) {
      attributes(properties, object);
      text.append('>');
      for (Member each : object.entries()) {
        member(properties, each, depth);
      }
    } else if (value instanceof Arr(var _, List<Node> items)) {
      text.append('>');
      Node inner = flat.get("items");
      for (Node each : items) {
        element(itemName(inner, each, name), inner == null ? Json.EMPTY : inner, each, depth + 1);
      }
    } else {
      text.append('>');
      escaped(value instanceof Node.Null ? "" : plain(value));
    }
    text.append("</").append(tag).append('>');
  }

  private void attributes(Obj properties, Obj object) {
    for (Member each : object.entries()) {
      Node schema = properties.get(each.name());
      Obj flat = schema == null ? Json.EMPTY : flat(schema, each.value());
      if (is(flat, "attribute")) {
        String said = word(flat, "name");
        text.append(' ').append(said == null ? each.name() : said).append("=\"");
        escaped(plain(each.value()));
        text.append('"');
      }
    }
  }

  private void member(Obj properties, Member each, int depth) {
    Node declared = properties.get(each.name());
    Node schema = declared == null ? Json.EMPTY : declared;
    Obj flat = flat(schema, each.value());
    if (is(flat, "attribute") || depth > DEEPEST) {
      return;
    }
    String said = word(flat, "name");
    String name = said == null ? each.name() : said;
    if (each.value() instanceof Arr(var _, List<Node> items) && !is(flat, "wrapped")) {
      Node inner = flat.get("items");
      for (Node item : items) {
        element(itemName(inner, item, name), inner == null ? Json.EMPTY : inner, item, depth + 1);
      }
    } else {
      element(name, schema, each.value(), depth + 1);
    }
  }

  private String itemName(@Nullable Node schema, Node item, String otherwise) {
    String said = schema == null ? null : word(flat(schema, item), "name");
    return said == null ? otherwise : said;
  }

  private static String plain(Node value) {
    String scalar = Json.scalar(value);
    return scalar == null ? Json.text(value) : scalar;
  }

  private void escaped(String plain) {
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '&' -> text.append("&amp;");
        case '"' -> text.append("&quot;");
        default -> text.append(c);
      }
    }
  }
}
