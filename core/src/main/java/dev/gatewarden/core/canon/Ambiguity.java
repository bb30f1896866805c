package dev.gatewarden.core.canon;

import dev.gatewarden.core.decision.Reason;

/// Why a text has no single meaning.
///
/// Each is a spelling that some servers read one way and some another. Choosing one for them would
/// mean that the gate judges what the upstream does not do, so the request is refused instead.
public enum Ambiguity implements Reason {
  NOT_ORIGIN_FORM("the request target does not begin with a slash"),
  ILLEGAL_CHARACTER("the request target holds a character that must be percent-encoded"),
  FORWARDED_CERTIFICATE("the certificate that was passed on cannot be read"),
  FRAGMENT("the request target holds a fragment"),
  BROKEN_ESCAPE("a percent sign is not followed by two hexadecimal digits"),
  NOT_UTF8("percent-encoded bytes are not UTF-8"),
  CONTROL_CHARACTER("a control character is percent-encoded"),
  SEPARATOR_IN_SEGMENT("a path segment holds a slash or a backslash"),
  DOUBLE_ENCODING("a percent-encoded text is percent-encoded once more"),
  DOT_SEGMENT("the path holds a dot segment"),
  EMPTY_SEGMENT("the path holds an empty segment"),
  PATH_PARAMETER("a path segment holds a semicolon"),
  TRIMMED_SEGMENT("a path segment begins or ends with what some servers cut off"),
  LEADS_ELSEWHERE("in the form that the contract declares the path leads elsewhere"),
  NOT_NORMALIZED("a text is not in Unicode normalization form C"),
  LOOKALIKE("the path holds a character that some servers turn into a separator"),
  INVISIBLE("a text holds a character that shows nothing"),
  QUERY_SEPARATOR("the query holds a bare semicolon"),
  EMPTY_NAME("the query holds a value without a name"),
  TOO_MANY_PARAMETERS("the query holds too many parameters"),
  HOST("the host has no single reading"),
  REPEATED_FIELD("a header field comes twice that must come once"),
  LOOKALIKE_FIELD("a header field's name is one that some servers read as another's"),
  OVERRIDING_FIELD("a header field asks for another method or path than the request line"),
  REMOVED_FIELD("`Connection` names a header field that is not the connection's own"),
  FIELD_NOT_ASCII("a header field that the contract names holds more than ASCII"),
  COOKIE("the cookies have no single reading"),
  FORWARDING("the forwarding fields contradict each other");

  /// The room that tells of it.
  public static final String CONTROL = "canonicalizer";

  private final String summary;

  Ambiguity(String summary) {
    this.summary = summary;
  }

  @Override
  public String control() {
    return CONTROL;
  }

  @Override
  public int status() {
    return 400;
  }

  @Override
  public String summary() {
    return summary;
  }
}
