package dev.gatewarden.core.contract;

import org.jspecify.annotations.Nullable;

/// What callers see in place of an object's id.
public sealed interface PublicId {
  /// The fewest numbers that may be given out in place of others (NIST SP 800-38G, revision 1,
  /// section 5).
  long FEWEST = 1_000_000;

  /// How many of the numbers up to the largest one key gives out: one in as many.
  int SLOTS = 8;

  /// The largest integer that every JSON reader keeps exactly (RFC 8259, section 6).
  long EXACT = (1L << 53) - 1;

  /// The id itself.
  record Own() implements PublicId {}

  /// The form of a UUID (RFC 9562).
  record Uuid() implements PublicId {}

  /// Another integer.
  ///
  /// @param largest the largest that callers see
  /// @param inner the largest that the service gives out
  record Number(long largest, long inner) implements PublicId {}

  /// Letters, digits, `-` and `_` (RFC 4648, section 5).
  record Text() implements PublicId {}

  /// What is given out where the contract only says that ids are opaque.
  static PublicId usual(ObjectType.Form form) {
    return switch (form) {
      case UUID, INTEGER -> new Uuid();
      case STRING -> new Text();
    };
  }

  /// Whether callers see something else than the id.
  default boolean opaque() {
    return !(this instanceof Own);
  }

  /// The JSON type that callers see; null where that is the id's own.
  default @Nullable String type() {
    return switch (this) {
      case Own() -> null;
      case Uuid(), Text() -> "string";
      case Number(long _, long _) -> "integer";
    };
  }

  /// As users read it.
  default String text() {
    return switch (this) {
      case Own() -> "own";
      case Uuid() -> "uuid";
      case Number(long largest, long inner) ->
          "integer up to " + largest + " for those up to " + inner;
      case Text() -> "text";
    };
  }
}
