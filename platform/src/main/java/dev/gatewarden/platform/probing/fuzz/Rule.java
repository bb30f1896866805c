package dev.gatewarden.platform.probing.fuzz;

/// What is tried: what the contract permits, one thing that it does not, or something so odd that a
/// service may take it or refuse it as long as it does not break.
public enum Rule {
  RIGHT(Is.RIGHT, "what the contract permits"),

  TYPE(Is.WRONG, "a value of another type"),
  NULL(Is.WRONG, "null"),
  MISSING(Is.WRONG, "nothing where something is required"),
  UNDECLARED(Is.WRONG, "a member that is not declared"),
  NAME(Is.WRONG, "a name that is not permitted"),
  FEWER(Is.WRONG, "too few"),
  MORE(Is.WRONG, "too many"),
  TWICE(Is.WRONG, "the same item twice"),
  CHOICE(Is.WRONG, "a value that is none of those listed"),
  SMALLER(Is.WRONG, "a number below the least"),
  GREATER(Is.WRONG, "a number above the most"),
  STEP(Is.WRONG, "a number between the steps"),
  FRACTION(Is.WRONG, "a fraction in place of a whole number"),
  SHORTER(Is.WRONG, "a text that is too short"),
  LONGER(Is.WRONG, "a text that is too long"),
  PATTERN(Is.WRONG, "a text beside the pattern"),
  FORMAT(Is.WRONG, "a text beside the format"),
  DIGITS(Is.WRONG, "digits of another script"),
  NO_BODY(Is.WRONG, "no body where one is required"),
  NO_JSON(Is.WRONG, "a body that is no JSON"),
  NO_TEXT(Is.WRONG, "a body that is no UTF-8"),
  MEDIA_TYPE(Is.WRONG, "a media type that is not declared"),
  CUT(Is.WRONG, "a body that ends too early"),

  HUGE(Is.ODD, "a huge number"),
  ODD_TEXT(Is.ODD, "an odd text"),
  BASE64(Is.ODD, "base64 in another spelling"),
  READ_ONLY(Is.ODD, "a member that is only read"),
  CODED(Is.ODD, "the same in another coding"),
  FORGED(Is.ODD, "another value in a coding that only looks like it");

  /// What a service has to do with it.
  enum Is {
    RIGHT,
    WRONG,
    ODD
  }

  private final Is is;
  private final String words;

  Rule(Is is, String words) {
    this.is = is;
    this.words = words;
  }

  Is is() {
    return is;
  }

  /// Whether it is for the parsers to know, which all operations share.
  boolean isForParsers() {
    return switch (this) {
      case CODED, FORGED, NO_JSON, NO_TEXT, CUT -> true;
      default -> false;
    };
  }

  /// For messages: what is sent.
  String words() {
    return words;
  }
}
