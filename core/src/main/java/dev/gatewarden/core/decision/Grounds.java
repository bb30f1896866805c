package dev.gatewarden.core.decision;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an answer of a decision point rests on, as decision lines record it.
///
/// @param point the point's name in the configuration, `cedar` for the embedded one
/// @param digest of the policies that were in force; empty where the point does not say
/// @param policies the ids of those that determined the answer; empty where none applied, or where
///     the point does not say
/// @param next what policies say that are judged beside and not in force, where that differs; else
///     null
public record Grounds(String point, String digest, List<String> policies, @Nullable Other next) {
  public Grounds {
    policies = List.copyOf(policies);
  }

  /// Grounds with nothing beside them.
  public Grounds(String point, String digest, List<String> policies) {
    this(point, digest, policies, null);
  }

  /// What other policies say.
  ///
  /// @param says `permit`, `forbid` or `failed`
  public record Other(String says, String digest, List<String> policies) {
    public Other {
      policies = List.copyOf(policies);
    }
  }

  /// The same grounds, and what other policies say.
  public Grounds but(Other other) {
    return new Grounds(point, digest, policies, other);
  }
}
