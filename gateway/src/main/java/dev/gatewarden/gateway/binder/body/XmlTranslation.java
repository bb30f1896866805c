package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.gateway.binder.body.xml.Unreadable;
import dev.gatewarden.gateway.binder.body.xml.XmlNames;
import dev.gatewarden.gateway.binder.body.xml.XmlReader;
import dev.gatewarden.gateway.binder.shape.JsonBytes;
import dev.gatewarden.gateway.binder.shape.Shape;
import java.util.List;

/// Reads XML as the JSON it stands for.
final class XmlTranslation implements Translation {
  private final XmlReader reader;
  private final XmlNames names;
  private final String root;
  private final Shape shape;

  XmlTranslation(XmlReader reader, XmlNames names, String root, Shape shape) {
    this.reader = reader;
    this.names = names;
    this.root = root.isEmpty() ? "*" : root;
    this.shape = shape;
  }

  @Override
  public Translated read(Bytes body, Way way) {
    try {
      JsonBytes json = new JsonBytes();
      json.write(reader.read(body), shape, way == Way.TEXTS);
      return new Translated(json.copy(), List.of(), false);
    } catch (Unreadable fault) {
      return Translated.refused(new Detail(fault.where(), "", fault.why()));
    }
  }

  @Override
  public String where(String pointer) {
    return names.where(root, shape, pointer);
  }
}
