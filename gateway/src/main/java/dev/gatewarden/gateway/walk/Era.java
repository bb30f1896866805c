package dev.gatewarden.gateway.walk;

import java.util.Map;

/// Which generation of the configuration something belongs to.
///
/// @param name as decision lines say it, `3-9f2c41ab77d0`: which one it is since the gate started,
///     and a digest of the files it was made of; empty where there is only ever one
/// @param rules by API, a digest of what judges its callers: where two generations agree, what is
///     open at the API stays open
/// @param term how long it lasts
public record Era(String name, Map<String, String> rules, Term term) {
  public Era {
    rules = Map.copyOf(rules);
  }

  /// The only generation there will be.
  public static Era only() {
    return new Era("", Map.of(), Term.endless());
  }
}
