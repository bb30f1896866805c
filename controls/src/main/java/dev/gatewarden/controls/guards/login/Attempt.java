package dev.gatewarden.controls.guards.login;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one request tries, by digests.
///
/// @param account whose login it is, as written; null where that is not told
/// @param counted the same as loosely as any service may read it; each takes from an allowance
/// @param places from where: a device that it names, and its network
/// @param pending the login that it belongs to, or null
record Attempt(
    @Nullable String account,
    List<String> counted,
    Named named,
    List<String> places,
    @Nullable String pending) {

  /// How a request names its account.
  enum Named {
    /// So that it has one reading, or nothing asks for it.
    PLAINLY,
    /// So that the service may read what the gate does not.
    ODDLY,
    NOT_AT_ALL
  }
}
