package dev.gatewarden.core.finding;

import java.util.Locale;

/// What a finding is about: one thing that a contract or a service has, by the name its author
/// gave it.
///
/// @param name the same in every run, wherever lines move; the empty text for the whole contract
public record Subject(Kind kind, String name) {

  /// The contract as a whole.
  public static final Subject CONTRACT = new Subject(Kind.CONTRACT, "");

  /// What kind of thing it is.
  public enum Kind {
    CONTRACT,
    SERVER,
    SCHEME,
    OPERATION,
    PARAMETER,
    SCHEMA,
    RESPONSE,
    WEBHOOK;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Subject server(String url) {
    return new Subject(Kind.SERVER, url);
  }

  public static Subject scheme(String name) {
    return new Subject(Kind.SCHEME, name);
  }

  public static Subject operation(String name) {
    return new Subject(Kind.OPERATION, name);
  }

  /// @param operation the operation's name
  public static Subject parameter(String operation, String name) {
    return new Subject(Kind.PARAMETER, operation + " " + name);
  }

  /// @param name such as `Order.note`
  public static Subject schema(String name) {
    return new Subject(Kind.SCHEMA, name);
  }

  /// @param operation the operation's name
  public static Subject response(String operation, String status) {
    return new Subject(Kind.RESPONSE, operation + " " + status);
  }

  public static Subject webhook(String name) {
    return new Subject(Kind.WEBHOOK, name);
  }

  @Override
  public String toString() {
    return name.isEmpty() ? "the contract" : name;
  }
}
