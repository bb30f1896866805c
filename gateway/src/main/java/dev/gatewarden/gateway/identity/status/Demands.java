package dev.gatewarden.gateway.identity.status;

import java.util.Set;

/// What is asked of an issuer's tokens beside being genuine.
///
/// @param once whether each may be used once, by its `jti`
/// @param status what becomes of the issuer's status lists
public record Demands(boolean once, Status status) {
  public static final Demands PLAIN = new Demands(false, Status.CHECKED);

  /// What is left where tests are without one of them, to show what it is worth: `token-once`,
  /// `token-status`.
  public Demands without(Set<String> controls) {
    return new Demands(
        once && !controls.contains("token-once"),
        controls.contains("token-status") ? Status.IGNORED : status);
  }

  /// What becomes of status lists.
  public enum Status {
    /// Nobody looks at them.
    IGNORED,
    /// A token that names its place in one is looked up there.
    CHECKED,
    /// The same, and a token that names none is refused.
    REQUIRED
  }
}
