package dev.gatewarden.gateway.binder.body.xml;

import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// The text of one element: all of it plain, or all of it CDATA.
final class XmlText {
  private final StringBuilder plain = new StringBuilder();
  private @Nullable StringBuilder cdata;

  /// Adds what the reader stands at; false where CDATA was there before.
  boolean plain(XMLStreamReader reader) {
    append(plain, reader);
    return cdata == null || plain.isEmpty();
  }

  /// The same of CDATA; false where plain text was there before.
  boolean cdata(XMLStreamReader reader) {
    StringBuilder to = cdata == null ? new StringBuilder() : cdata;
    append(to, reader);
    cdata = to;
    return plain.isEmpty();
  }

  private static void append(StringBuilder to, XMLStreamReader reader) {
    to.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
  }

  boolean isEmpty() {
    return plain.isEmpty() && cdata == null;
  }

  boolean isBlank() {
    return cdata == null && plain.toString().isBlank();
  }

  @Override
  public String toString() {
    return cdata == null ? plain.toString() : cdata.toString();
  }
}
