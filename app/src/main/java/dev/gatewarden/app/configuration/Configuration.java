package dev.gatewarden.app.configuration;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything `gatewarden.yaml` says, checked.
///
/// @param gatewarden the version of this file's grammar: 1
/// @param listen where the gate listens
/// @param issuers who issues the tokens callers bring, by a name of your own
/// @param senders who sends signed requests (webhooks), by a name of your own
/// @param apiKeys rings of API keys that the gate itself issues, by a name of your own
/// @param certificates whose client certificates prove callers, by a name of your own
/// @param ledgers ledgers of tokens that services issue themselves, by a name of your own
/// @param sessions sessions that the gate keeps for browsers, by a name of your own
/// @param apis the APIs behind the gate, by a name of your own
/// @param policies policies in Cedar's language that decide inside the gate
/// @param decisionPoints who is asked by APIs that say so whether a caller may do something, by a
///     name of your own
/// @param zones where tenants read their clocks
/// @param opaqueIds the keys of ids that callers see in place of a service's own
/// @param limits bounds that hold for every API
/// @param state where limits, sessions, once-only ids and revocations are kept: `memory`, or the
///     address of a Redis that several gates share
/// @param store where decisions are kept for `explain`: `sqlite:` and a path, or `none`
/// @param relations bounds of what is remembered of whose objects are whose
/// @param events where observations go
/// @param decisions where the decision lines go: `stdout`, `file:` and a path, or `none`
/// @param exceptions which guard does less than enforce, which issuer's weak tokens are borne with,
///     or which decision point's failures let requests pass, why, by whom, until when
public record Configuration(
    int gatewarden,
    Listen listen,
    @Default("{}") Map<String, Issuer> issuers,
    @Default("{}") Map<String, Sender> senders,
    @Default("{}") Map<String, KeyRing> apiKeys,
    @Default("{}") Map<String, ClientCertificates> certificates,
    @Default("{}") Map<String, TokenLedger> ledgers,
    @Default("{}") Map<String, BrowserSession> sessions,
    Map<String, Api> apis,
    @Nullable Policies policies,
    @Default("{}") Map<String, ExternalPoint> decisionPoints,
    @Default("{}") TenantZones zones,
    @Nullable OpaqueIdKeys opaqueIds,
    @Default("{}") Limits limits,
    @Default("memory") State state,
    @Default("sqlite:data/gatewarden.db") StoreAddress store,
    @Default("{}") RelationLimits relations,
    @Default("memory") Events events,
    @Default("stdout") DecisionsTo decisions,
    @Default("[]") List<ExceptionEntry> exceptions) {

  /// Where observations go.
  public enum Events {
    /// To detectors in this process.
    MEMORY
  }

  /// The exception that excuses a guard at an operation on a day (UTC), of several the one that
  /// goes furthest; null without one.
  public @Nullable ExceptionEntry excuse(
      String guard, String api, String operation, LocalDate day) {
    ExceptionEntry furthest = null;
    for (ExceptionEntry entry : exceptions) {
      if (entry.excuses(guard, api, operation)
          && entry.holdsOn(day)
          && (furthest == null || entry.lowered().compareTo(furthest.lowered()) < 0)) {
        furthest = entry;
      }
    }
    return furthest;
  }

  /// What is tuned of a guard at an operation, the operation's word before the API's; null where
  /// nothing is.
  public @Nullable Record tuned(String guard, String api, String operation) {
    Api settings = apis.get(api);
    if (settings == null) {
      return null;
    }
    Api.OperationSettings own = settings.operations().get(operation);
    Record tuned = own == null ? null : own.guards().of(guard);
    return tuned != null ? tuned : settings.guards().of(guard);
  }
}
