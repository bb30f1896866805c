package dev.gatewarden.app.command.coverage;

import java.util.Locale;
import java.util.Set;

/// One question that each operation is asked.
public enum Column {
  /// Who is calling?
  IDENTITY("", Set.of()),
  /// May they use this operation?
  FUNCTION("permission", Set.of("permission", "policy")),
  /// Is the object theirs?
  OBJECT(
      "object-owner",
      Set.of(
          "object-owner",
          "object-release",
          "owner-filter",
          "policy-release",
          "tenant-match",
          "tenant-writes")),
  /// May they see and write this property?
  PROPERTY(
      "",
      Set.of("writable-fields", "readable-fields", "query-fields", "data-masking", "excess-data")),
  /// Is the message what the contract promises?
  SCHEMA("request-schema", Set.of("request-schema", "response-schema")),
  /// How much may they ask for?
  LIMIT("principal-limit", Set.of("principal-limit", "source-limit"));

  private final String first;
  private final Set<String> guards;

  Column(String first, Set<String> guards) {
    this.first = first;
    this.guards = guards;
  }

  /// The guard without which the others do not answer it; empty where any of them does.
  String first() {
    return first;
  }

  /// The guards that answer it; those of IDENTITY are known by their stage.
  Set<String> guards() {
    return guards;
  }

  /// As users read it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
