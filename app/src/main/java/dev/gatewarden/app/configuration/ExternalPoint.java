package dev.gatewarden.app.configuration;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A decision point outside the gate: who is asked, beside the contract, whether a caller may do
/// something.
///
/// @param kind what it speaks
/// @param url where it answers
/// @param token by which the gate proves itself there, sent as `Authorization: Bearer`
/// @param deadline the longest time for one answer
/// @param cache how long an answer is good for the same question; not at all when `0s`
/// @param store the store of `openfga`
/// @param model the authorization model of `openfga`; the newest where it is not said
/// @param policy the root of the policy of `topaz`, which is asked for `POLICY.OPERATION`
/// @param relations by operation: the relation of `openfga`, the permission of `spicedb`; the
///     operation's own name where it is not said
/// @param users what `openfga`, `spicedb` and `topaz` know users by: their `subject`, or
///     `issuer-subject`, as in `corp/alice`, where an API has users of several issuers
/// @param batch the most questions in one call, as for the items of a list, of `authzen`, `openfga`
///     and
///     `spicedb`; 1 asks one after another, as does a point that has no such call
/// @param whenGone what becomes of requests while it does not answer; `open` needs an entry below
///     `exceptions`
public record ExternalPoint(
    Kind kind,
    URI url,
    @Nullable SecretReference token,
    @Default("50ms") Duration deadline,
    @Default("1s") Duration cache,
    @Nullable String store,
    @Nullable String model,
    @Nullable String policy,
    @Default("{}") Map<String, String> relations,
    @Default("subject") Users users,
    @Default("50") int batch,
    @Default("closed") WhenGone whenGone) {

  /// What a decision point knows users by.
  public enum Users {
    /// The subject alone.
    SUBJECT,
    /// The issuer's name in the configuration, a slash, and the subject.
    ISSUER_SUBJECT
  }

  /// What a decision point speaks.
  public enum Kind {
    /// Open Policy Agent, its REST data API; `url` is that of the rule.
    OPA,
    /// OpenFGA, its HTTP API.
    OPENFGA,
    /// SpiceDB, its HTTP gateway.
    SPICEDB,
    /// Topaz, the REST gateway of its authorizer.
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
