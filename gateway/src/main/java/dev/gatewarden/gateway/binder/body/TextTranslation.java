package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.gateway.binder.shape.JsonBytes;
import dev.gatewarden.gateway.binder.shape.Shape;

/// Reads a text as one string, or as the number or boolean it spells where the contract has one.
final class TextTranslation implements Translation {
  private static final int LONGEST_VALUE = 64;

  private final Shape shape;

  TextTranslation(Shape shape) {
    this.shape = shape;
  }

  @Override
  public Translated read(Bytes body, Way way) {
    byte[] text = body.array();
    int from = body.from();
    if (body.length() >= 3
        && text[from] == (byte) 0xEF
        && text[from + 1] == (byte) 0xBB
        && text[from + 2] == (byte) 0xBF) {
      return Translated.refused(
          new Detail("body", "", "begins with a byte order mark, which is text to some readers"));
    }
    JsonBytes json = new JsonBytes();
    if (body.length() <= LONGEST_VALUE && isAscii(body)) {
      json.write(body.utf8(), shape, way == Way.TEXTS);
    } else {
      json.quote(body);
    }
    return new Translated(json.copy(), java.util.List.of(), false);
  }

  private static boolean isAscii(Bytes body) {
    for (int i = body.from(); i < body.to(); i++) {
      if (body.array()[i] < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String where(String pointer) {
    return "body";
  }
}
