package dev.gatewarden.gateway.binder.body.xml;

import dev.gatewarden.gateway.binder.shape.Piece;
import dev.gatewarden.gateway.binder.shape.Shape;
import dev.gatewarden.gateway.binder.shape.XmlWords;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// One walk through a document, from element to element, as the contract names them.
final class XmlWalk {
  private static final int LONGEST_NAME = 64;
  private static final String REFUSED = "is an element the contract does not know";
  private static final XmlNames.Names NOTHING =
      new XmlNames.Names(Map.of(), Map.of(), Map.of(), null);

  private final XmlReader of;
  private final Deque<String> path = new ArrayDeque<>();

  XmlWalk(XmlReader of) {
    this.of = of;
  }

  Unreadable refused(String why) {
    return new Unreadable(where(""), why);
  }

  private Unreadable refused(String name, String why) {
    String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
    return new Unreadable(where("/" + shown), why);
  }

  private String where(String rest) {
    StringBuilder where = new StringBuilder("body");
    path.descendingIterator().forEachRemaining(name -> where.append('/').append(name));
    return where.append(rest).toString();
  }

  Piece document(XMLStreamReader reader) throws XMLStreamException, Unreadable {
    String encoding = reader.getCharacterEncodingScheme();
    if (encoding != null && !encoding.equalsIgnoreCase("utf-8")) {
      throw refused("declares an encoding that is not UTF-8");
    }
    String version = reader.getVersion();
    if (version != null && !version.equals("1.0")) {
      throw refused("declares a version that is not 1.0");
    }
    while (reader.next() != XMLStreamConstants.START_ELEMENT) {
      outside(reader);
    }
    Piece piece = root(reader);
    while (reader.hasNext() && reader.next() != XMLStreamConstants.END_DOCUMENT) {
      outside(reader);
    }
    return piece;
  }

  /// What may stand before and behind the root: white space.
  private void outside(XMLStreamReader reader) throws Unreadable {
    int event = reader.getEventType();
    if (event != XMLStreamConstants.SPACE
        && !(event == XMLStreamConstants.CHARACTERS && reader.isWhiteSpace())) {
      throw refused(unwanted(event));
    }
  }

  private static String unwanted(int event) {
    return switch (event) {
      case XMLStreamConstants.DTD -> "has a document type declaration";
      case XMLStreamConstants.ENTITY_REFERENCE -> "refers to an entity";
      case XMLStreamConstants.COMMENT -> "holds a comment, which some readers cut texts at";
      case XMLStreamConstants.PROCESSING_INSTRUCTION -> "holds a processing instruction";
      default -> "holds something that is neither element nor text";
    };
  }

  private Piece root(XMLStreamReader reader) throws XMLStreamException, Unreadable {
    Shape shape = of.shape;
    String root = of.root;
    XmlWords words = shape.xml();
    if ((!root.isEmpty() && !reader.getLocalName().equals(root))
        || !namespace(reader).equals(words.namespace())) {
      throw refused(
          root.isEmpty()
              ? "is not in the namespace of the contract"
              : "must be one element `" + root + "` in the namespace of the contract");
    }
    String around = around("", words);
    if (shape.mayBeArray() && !shape.plain() && !shape.mayBeObject()) {
      return wrapped(reader, new XmlName(root, shape, root, null), around, of.depth);
    }
    return element(reader, shape, around, of.depth);
  }

  /// The namespace that holds for what lies inside an element.
  private static String around(String outer, XmlWords words) {
    return words.namespace().isEmpty() ? outer : words.prefixed() ? "" : words.namespace();
  }

  private static String namespace(XMLStreamReader reader) {
    String namespace = reader.getNamespaceURI();
    return namespace == null ? "" : namespace;
  }

  private void enter(XMLStreamReader reader, int left) throws Unreadable {
    path.push(shown(reader.getLocalName()));
    if (left == 0) {
      throw refused("is nested too deeply");
    }
    if (reader.getAttributeCount() > of.attributes) {
      throw refused("has too many attributes");
    }
  }

  private static String shown(String name) {
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
  }

  /// Reads the element that the reader stands at, up to its end.
  private Piece element(XMLStreamReader reader, Shape shape, String around, int left)
      throws XMLStreamException, Unreadable {
    enter(reader, left);
    XmlNames.Names known = of.names.of(shape);
    Map<String, Piece> members = new LinkedHashMap<>();
    boolean nil = attributes(reader, shape, known, members);
    boolean attributed = !members.isEmpty();
    XmlText text = new XmlText();
    boolean elements = false;
    for (int event = reader.next();
        event != XMLStreamConstants.END_ELEMENT;
        event = reader.next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        elements = true;
        child(reader, shape, known, around, members, left);
      } else {
        take(text, reader, event);
      }
    }
    Piece piece = piece(shape, known, members, text, elements, attributed, nil);
    path.pop();
    return piece;
  }

  private Piece piece(
      Shape shape,
      XmlNames.Names known,
      Map<String, Piece> members,
      XmlText text,
      boolean elements,
      boolean attributed,
      boolean nil)
      throws Unreadable {
    if (nil) {
      if (elements || attributed || !text.isEmpty()) {
        throw refused("says that it is nothing, and holds something");
      }
      return new Piece.Nil();
    }
    if (elements && !text.isBlank()) {
      throw refused("holds text beside elements");
    }
    if (known.text() != null && !elements) {
      members.put(known.text(), new Piece.Text(text.toString()));
      return new Piece.Members(members);
    }
    if (!members.isEmpty() || elements) {
      if (!text.isBlank()) {
        throw refused("holds text beside attributes");
      }
      return new Piece.Members(members);
    }
    boolean object = shape.mayBeObject() && !shape.mayBeScalar();
    return object && text.isBlank() ? new Piece.Members(members) : new Piece.Text(text.toString());
  }

  /// Reads the attributes; whether they say that the element is nothing (`xsi:nil`).
  private boolean attributes(
      XMLStreamReader reader, Shape shape, XmlNames.Names known, Map<String, Piece> members)
      throws Unreadable {
    boolean nil = false;
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String local = reader.getAttributeLocalName(i);
      String namespace = reader.getAttributeNamespace(i);
      namespace = namespace == null ? "" : namespace;
      String value = reader.getAttributeValue(i);
      if (namespace.equals(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI) && local.equals("nil")) {
        if (!value.equals("true") && !value.equals("false")) {
          throw refused("@nil", "must be true or false");
        }
        nil = value.equals("true");
        continue;
      }
      XmlName name = XmlNames.Names.find(known.attributes(), local, namespace, "\u0000");
      if (name != null) {
        members.put(name.property(), new Piece.Text(value));
      } else if (namespace.isEmpty() && takesAny(shape) && !resembles(shape, local)) {
        members.put(local, new Piece.Text(value));
      } else {
        throw refused("@" + local, "is an attribute the contract does not know");
      }
    }
    return nil;
  }

  private void child(
      XMLStreamReader reader,
      Shape shape,
      XmlNames.Names known,
      String around,
      Map<String, Piece> members,
      int left)
      throws XMLStreamException, Unreadable {
    String local = reader.getLocalName();
    String namespace = namespace(reader);
    XmlName name = XmlNames.Names.find(known.elements(), local, namespace, around);
    if (name == null) {
      boolean free = takesAny(shape) && namespace.equals(around);
      if (!free || resembles(shape, local) || members.containsKey(local)) {
        throw refused(local, members.containsKey(local) ? "is given more than once" : REFUSED);
      }
      members.put(local, element(reader, shape.property(local), around, left - 1));
      return;
    }
    if (name.isList() && !name.isWrapped()) {
      Piece item =
          element(
              reader, name.shape().items(), around(around, name.shape().items().xml()), left - 1);
      if (members.get(name.property()) instanceof Piece.Items(List<Piece> items)) {
        items.add(item);
      } else {
        members.put(name.property(), new Piece.Items(new ArrayList<>(List.of(item))));
      }
      return;
    }
    if (members.containsKey(name.property())) {
      throw refused(local, "is given more than once");
    }
    String inside = around(around, name.shape().xml());
    members.put(
        name.property(),
        name.isWrapped()
            ? wrapped(reader, name, inside, left - 1)
            : element(reader, name.shape(), inside, left - 1));
  }

  private boolean takesAny(Shape shape) {
    return of.lenient || (shape.open() && shape.mayBeObject());
  }

  /// Whether a name is, but for letter case, that of a declared property, which some services
  /// would take it for.
  private static boolean resembles(Shape shape, String local) {
    for (String declared : shape.properties().keySet()) {
      if (declared.equalsIgnoreCase(local)) {
        return true;
      }
    }
    return false;
  }

  /// Reads an element around the items of a list.
  private Piece wrapped(XMLStreamReader reader, XmlName name, String around, int left)
      throws XMLStreamException, Unreadable {
    enter(reader, left);
    boolean nil = attributes(reader, Shape.NOTHING, NOTHING, new LinkedHashMap<>());
    if (reader.getAttributeCount() > (nil ? 1 : 0)) {
      throw refused("has an attribute the contract does not know");
    }
    Shape list = name.shape();
    XmlWords words = list.items().xml();
    String item = XmlNames.item(name.property(), list);
    List<Piece> items = new ArrayList<>();
    for (int event = reader.next();
        event != XMLStreamConstants.END_ELEMENT;
        event = reader.next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        String expected = words.namespace().isEmpty() ? around : words.namespace();
        boolean named = item.isEmpty() || reader.getLocalName().equals(item);
        if (!named || !namespace(reader).equals(expected)) {
          throw refused(reader.getLocalName(), REFUSED);
        }
        items.add(element(reader, list.items(), around(around, words), left - 1));
      } else {
        XmlText text = new XmlText();
        take(text, reader, event);
        if (!text.isBlank()) {
          throw refused("holds text beside elements");
        }
      }
    }
    if (nil && !items.isEmpty()) {
      throw refused("says that it is nothing, and holds something");
    }
    path.pop();
    return nil ? new Piece.Nil() : new Piece.Items(items);
  }

  private void take(XmlText text, XMLStreamReader reader, int event) throws Unreadable {
    switch (event) {
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE -> {
        if (!text.plain(reader)) {
          throw refused("holds text beside CDATA, which some readers take apart");
        }
      }
      case XMLStreamConstants.CDATA -> {
        if (!text.cdata(reader)) {
          throw refused("holds text beside CDATA, which some readers take apart");
        }
      }
      default -> throw refused(unwanted(event));
    }
  }
}
