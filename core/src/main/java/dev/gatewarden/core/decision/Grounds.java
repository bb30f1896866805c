package dev.gatewarden.core.decision;

import java.util.List;

/// What an answer of a decision point rests on, as decision lines record it.
///
/// @param point the point's name in the configuration, `cedar` for the embedded one
/// @param digest of the policies that were in force; empty where the point does not say
/// @param policies the ids of those that determined the answer; empty where none applied, or where
///     the point does not say
public record Grounds(String point, String digest, List<String> policies) {
  public Grounds {
    policies = List.copyOf(policies);
  }
}
