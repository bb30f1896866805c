package dev.gatewarden.gateway.binder.body.xml;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.gateway.binder.shape.Piece;
import dev.gatewarden.gateway.binder.shape.Shape;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads one XML document as the value it stands for.
///
/// What readers disagree about is refused: document type declarations with all that they bring
/// (entities, defaults), comments and processing instructions, text beside elements, a text that is
/// partly CDATA, encodings other than UTF-8, an element that is not a list twice, and elements and
/// attributes that the contract does not know.
public final class XmlReader {
  private static final ThreadLocal<XMLInputFactory> FACTORY =
      ThreadLocal.withInitial(XmlReader::factory);
  private static final String CDATA_IS_TOLD =
      "http://java.sun.com/xml/stream/properties/report-cdata-event";

  final XmlNames names;
  final String root;
  final Shape shape;
  final boolean lenient;
  final int depth;
  final int attributes;

  /// @param root the local name of the document's element, or the empty text where the contract
  ///     gives none
  /// @param lenient whether elements that nobody declared are for the schema to judge
  /// @param depth how deep elements may be nested
  /// @param attributes how many attributes an element may have
  public XmlReader(
      XmlNames names, String root, Shape shape, boolean lenient, int depth, int attributes) {
    this.names = names;
    this.root = root;
    this.shape = shape;
    this.lenient = lenient;
    this.depth = depth;
    this.attributes = attributes;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setProperty(CDATA_IS_TOLD, true);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setXMLResolver(
        (_, _, _, _) -> {
          throw new XMLStreamException("nothing outside the document is read");
        });
    return factory;
  }

  /// The value that a document stands for.
  ///
  /// @throws Unreadable where it has none, or more than one
  public Piece read(Bytes body) throws Unreadable {
    String text = text(body);
    XmlWalk walk = new XmlWalk(this);
    try {
      XMLStreamReader reader = FACTORY.get().createXMLStreamReader(new StringReader(text));
      try {
        return walk.document(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      throw walk.refused("is not well-formed XML");
    } catch (RuntimeException e) {
      // the parser of the JDK throws a handful of them on documents that are cut off or garbled
      throw walk.refused("cannot be read as XML");
    }
  }

  /// RFC 7303, section 3: a byte order mark of UTF-8 is none of the text.
  private static String text(Bytes body) throws Unreadable {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(body.array(), body.from(), body.length()))
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new Unreadable("body", "is not UTF-8");
    }
  }
}
