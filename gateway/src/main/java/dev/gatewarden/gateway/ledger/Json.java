package dev.gatewarden.gateway.ledger;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.exchange.Bytes;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A body, read for the few values that a login rule names; one that has no single reading says
/// nothing.
///
/// @param root null where nothing can be read
record Json(@Nullable Node root) {
  static final Json NOTHING = new Json(null);

  private static final Bounds BOUNDS = new Bounds(4 << 20, 64, 100_000);
  private static final Place.Origin ORIGIN = new Place.Origin(URI.create("body:body.json"), "body");
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Duration.ofDays(3650).toSeconds());

  static Json of(Bytes bytes) {
    if (bytes.length() == 0) {
      return NOTHING;
    }
    try {
      return new Json(new DocumentReader(BOUNDS).read(ORIGIN, bytes.copy()));
    } catch (ProblemsException unreadable) {
      return NOTHING;
    }
  }

  /// A text, or a number as it is written.
  @Nullable String text(List<String> path) {
    return switch (at(path)) {
      case Node.Text text -> text.value();
      case Node.Num number -> number.literal();
      case null, default -> null;
    };
  }

  /// A number of seconds; zero for one that is none, so that what is said wrongly ends at once.
  @Nullable Duration seconds(List<String> path) {
    Node node = at(path);
    if (node == null) {
      return null;
    }
    if (!(node instanceof Node.Num number)) {
      return Duration.ZERO;
    }
    BigDecimal seconds = number.value().min(LONGEST).max(BigDecimal.ZERO);
    return Duration.ofSeconds(seconds.longValue());
  }

  private @Nullable Node at(List<String> path) {
    Node node = root;
    for (String name : path) {
      node = node instanceof Node.Obj object ? object.get(name) : null;
    }
    return node;
  }

  /// Nothing of the body.
  @Override
  public String toString() {
    return "Json";
  }
}
