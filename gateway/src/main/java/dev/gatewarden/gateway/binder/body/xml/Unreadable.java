package dev.gatewarden.gateway.binder.body.xml;

/// A document that is not read further: the caller's fault, told in a sentence.
public final class Unreadable extends Exception {
  private static final long serialVersionUID = 1L;
  private final String where;
  private final String why;

  Unreadable(String where, String why) {
    super(why, null, false, false);
    this.where = where;
    this.why = why;
  }

  /// The path of the element.
  public String where() {
    return where;
  }

  /// What is wrong, without anything of the document.
  public String why() {
    return why;
  }
}
