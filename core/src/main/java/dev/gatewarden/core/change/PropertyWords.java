package dev.gatewarden.core.change;

import dev.gatewarden.core.change.Schemas.Pair;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.Masking;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares what a contract says of who may read and write a property, and what it is.
final class PropertyWords {
  /// From what everybody may know to what nobody may.
  private static final List<String> CLASSES =
      List.of("public", "internal", "personal", "financial", "health", "credential");

  private final Schemas schemas;
  private final Pair pair;

  PropertyWords(Schemas schemas, Pair pair) {
    this.schemas = schemas;
    this.pair = pair;
  }

  void compare(Map<String, Node> old, Map<String, Node> now) {
    if (pair.flow() == Flow.RESPONSE) {
      grants("read", old.get("read"), now.get("read"), Kind.READ_WIDENED, Kind.READ_NARROWED);
      masks(old.get("mask"), now.get("mask"));
    } else {
      grants("write", old.get("write"), now.get("write"), Kind.WRITE_WIDENED, Kind.WRITE_NARROWED);
    }
    classes(old.get("class"), now.get("class"));
  }

  private void grants(
      String word, @Nullable Node before, @Nullable Node after, Kind wider, Kind narrower) {
    if (before == null && after == null) {
      return;
    }
    List<Grant> old = before == null ? List.of(new Grant.Anyone()) : Grants.of(before);
    List<Grant> now = after == null ? List.of(new Grant.Anyone()) : Grants.of(after);
    String said =
        "`x-gatewarden-"
            + word
            + "` of "
            + pair.name()
            + (before == null
                ? " is new: " + Grants.shown(now)
                : after == null
                    ? " is gone: it was " + Grants.shown(old)
                    : " was " + Grants.shown(old) + " and is " + Grants.shown(now));
    if (Grants.wider(old, now)) {
      note(wider, before, after, said);
    } else if (Grants.wider(now, old)) {
      note(narrower, before, after, said);
    }
  }

  private void masks(@Nullable Node before, @Nullable Node after) {
    Masking was = masking(before);
    Masking is = masking(after);
    if (!was.equals(is)) {
      boolean more = ClassComparison.showsMore(was, is);
      note(
          more ? Kind.CLASS_LOWERED : Kind.CLASS_CHANGED,
          before,
          after,
          "others see " + (more ? "more" : "something else") + " of " + pair.name());
    }
  }

  private static Masking masking(@Nullable Node said) {
    Masking masking =
        said == null ? null : dev.gatewarden.core.contract.PropertyWords.masking(said);
    return masking == null ? Masking.REMOVED : masking;
  }

  private void classes(@Nullable Node before, @Nullable Node after) {
    String old = before instanceof Node.Text text ? text.value() : "";
    String now = after instanceof Node.Text text ? text.value() : "";
    if (!old.equals(now)) {
      Kind kind = rank(now) < rank(old) ? Kind.CLASS_LOWERED : Kind.CLASS_CHANGED;
      note(
          kind,
          before,
          after,
          pair.name()
              + (old.isEmpty()
                  ? " is `" + Literals.shown(now) + "` now"
                  : now.isEmpty()
                      ? " was `" + Literals.shown(old) + "` and has no class any more"
                      : " was `" + Literals.shown(old) + "` and is `" + Literals.shown(now) + "`"));
    }
  }

  /// A class we do not know counts like personal data.
  private static int rank(String name) {
    int known = CLASSES.indexOf(name);
    return name.isEmpty() ? -1 : known < 0 ? CLASSES.indexOf("personal") : known;
  }

  private void note(Kind kind, @Nullable Node before, @Nullable Node after, String sentence) {
    schemas.note(pair, kind, place(before), place(after), "", sentence);
  }

  private static @Nullable Place place(@Nullable Node node) {
    return node == null ? null : node.place();
  }
}
