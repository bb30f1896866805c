package dev.gatewarden.core.policy.model;

import dev.gatewarden.core.document.Place;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Something that a reviewer of a configuration wants to know.
///
/// @param operation its full name, `shop.getOrder`; the API's where it concerns all of them
/// @param sentence what is so, about the operation
/// @param place where that is said
/// @param before where it was said in the older configuration, or null
public record Finding(
    Kind kind, String operation, String sentence, Place place, @Nullable Place before) {

  /// What kinds there are, the weightiest first.
  public enum Kind {
    WIDENED("a caller reaches what no such caller reached before"),
    NARROWED("a caller no longer reaches what such a caller reached before"),
    TRUST(
        "what proves callers, tells whose an object is, or decides beside, is another than before"),
    SHOWN("an answer shows, or a request says, what none did before"),
    UNCHECKED("nobody checks whose the objects are"),
    PUBLIC("anybody may use it, without any credential"),
    UNREACHABLE("nobody can use it"),
    SHADOWED("a rule without which everybody could do the same"),
    UNUSED("it is granted, and nobody used it");

    private final String why;

    Kind(String why) {
      this.why = why;
    }

    /// What it means.
    public String why() {
      return why;
    }

    /// As command lines write it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Finding(Kind kind, String operation, String sentence, Place place) {
    this(kind, operation, sentence, place, null);
  }

  /// What it goes by, to agree to it: `public:shop.health`.
  public String id() {
    return kind.word() + ":" + operation;
  }
}
