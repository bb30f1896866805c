package dev.gatewarden.core.login;

import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.exchange.Bytes;
import java.math.BigDecimal;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// A body, read for the few values that a login is known by; one that has no single reading, such
/// as
/// one with a name twice, says nothing.
///
/// @param root null where nothing can be read
public record Said(@Nullable Node root) {
  public static final Said NOTHING = new Said(null);

  private static final int MOST_DIGITS = 64;
  private static final Bounds BOUNDS = new Bounds(1 << 20, 64, 100_000);
  private static final Place.Origin ORIGIN = new Place.Origin(URI.create("body:body.json"), "body");

  public static Said of(Bytes bytes) {
    if (bytes.length() == 0) {
      return NOTHING;
    }
    try {
      return new Said(new DocumentReader(BOUNDS).read(ORIGIN, bytes.copy()));
    } catch (ProblemsException unreadable) {
      return NOTHING;
    }
  }

  /// A text, or a number as it is written; null where there is none.
  public @Nullable String text(PointerPattern at) {
    return switch (node(at)) {
      case Node.Text text -> text.value();
      case Node.Num number -> written(number);
      case null, default -> null;
    };
  }

  /// One text for each number, however it is written; a number of odd size as it is written.
  private static String written(Node.Num number) {
    BigDecimal value = number.value();
    return Math.abs(value.scale()) > MOST_DIGITS || value.precision() > MOST_DIGITS
        ? number.literal()
        : value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  /// What stands at a place, or null.
  public @Nullable Node node(PointerPattern at) {
    Node node = root;
    for (PointerPattern.Step step : at.steps()) {
      node =
          step instanceof PointerPattern.Name(String name) && node instanceof Node.Obj object
              ? object.get(name)
              : null;
    }
    return node;
  }

  /// Nothing of the body.
  @Override
  public String toString() {
    return "Said";
  }
}
