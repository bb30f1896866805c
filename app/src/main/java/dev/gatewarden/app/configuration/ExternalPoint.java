package dev.gatewarden.app.configuration;

import java.net.URI;
import java.time.Duration;

/// A decision point outside the gate: who is asked, beside the contract, whether a caller may do
/// something.
///
/// @param kind what it speaks
/// @param url where it answers
/// @param deadline the longest time for one answer
/// @param cache how long an answer is good for the same question; not at all when `0s`
/// @param whenGone what becomes of requests while it does not answer; `open` needs an entry below
///     `exceptions`
public record ExternalPoint(
    Kind kind,
    URI url,
    @Default("50ms") Duration deadline,
    @Default("1s") Duration cache,
    @Default("closed") WhenGone whenGone) {

  /// What a decision point speaks.
  public enum Kind {
    /// Open Policy Agent, its REST data API.
    OPA,
    /// OpenFGA, its HTTP API.
    OPENFGA,
    /// SpiceDB, its HTTP gateway.
    SPICEDB,
    /// Topaz, its authorizer.
    TOPAZ,
    /// AuthZEN 1.0, of whomever.
    AUTHZEN
  }

  /// What becomes of requests that a decision point does not answer for.
  public enum WhenGone {
    /// They are refused with 503.
    CLOSED,
    /// They pass, until an exception's end.
    OPEN
  }
}
