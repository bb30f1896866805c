package dev.gatewarden.app.command.coverage;

import java.util.Locale;
import java.util.Set;

/// One question that each operation is asked.
public enum Column {
  /// Who is calling?
  IDENTITY(
      "",
      Set.of(),
      Set.of(
          "no-credential",
          "forged-token",
          "misused-token",
          "alive-after-logout",
          "key-in-address",
          "login",
          "default-credentials",
          "old-event")),
  /// May they use this operation?
  FUNCTION(
      "permission",
      Set.of("permission", "policy"),
      Set.of("forbidden-function", "method-tampering")),
  /// Is the object theirs?
  OBJECT(
      "object-owner",
      Set.of(
          "object-owner",
          "object-release",
          "owner-filter",
          "policy-release",
          "tenant-match",
          "tenant-writes"),
      Set.of(
          "foreign-read",
          "foreign-in-list",
          "foreign-filter",
          "foreign-tenant",
          "foreign-write",
          "foreign-act",
          "foreign-delete")),
  /// May they see and write this property?
  PROPERTY(
      "",
      Set.of("writable-fields", "readable-fields", "query-fields", "data-masking", "excess-data"),
      Set.of("overposting", "excess-data")),
  /// Is the message what the contract promises?
  SCHEMA(
      "request-schema",
      Set.of("request-schema", "response-schema"),
      Set.of("odd-input", "content-type", "off-contract", "parameter-pollution")),
  /// How much may they ask for?
  LIMIT(
      "principal-limit",
      Set.of(
          "batch-size",
          "distinct-objects",
          "flow",
          "login-limit",
          "page-size",
          "principal-limit",
          "share-limit",
          "source-limit"),
      Set.of("page-unbounded", "body-unbounded", "rate-unlimited", "race"));

  private final String first;
  private final Set<String> guards;
  private final Set<String> probes;

  Column(String first, Set<String> guards, Set<String> probes) {
    this.first = first;
    this.guards = guards;
    this.probes = probes;
  }

  /// The guard without which the others do not answer it; empty where any of them does.
  String first() {
    return first;
  }

  /// The guards that answer it; those of IDENTITY are known by their stage.
  Set<String> guards() {
    return guards;
  }

  /// The probes that turn red where nobody answers it.
  public Set<String> probes() {
    return probes;
  }

  /// As users read it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
