package dev.gatewarden.app.command.policy;

import dev.gatewarden.core.change.Change;
import dev.gatewarden.core.change.Comparison;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.policy.model.Finding;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a change to a contract does to access beside what the model computes: to properties, to how
/// objects are found, to what is asked of how a user signed in.
public final class ContractChanges {
  private ContractChanges() {}

  /// Each such change, the weightiest first.
  ///
  /// @param today (UTC) the day on which announced ends must have passed
  public static List<Finding> between(Contract old, Contract now, LocalDate today) {
    List<Finding> findings = new ArrayList<>();
    for (Change change : Comparison.between(old, now, today)) {
      Finding.Kind kind = kind(change.kind());
      if (kind != null) {
        findings.add(finding(now, kind, change));
      }
    }
    return findings;
  }

  private static Finding finding(Contract now, Finding.Kind kind, Change change) {
    Place before = change.before();
    Place after = change.after();
    Place place = after != null ? after : before != null ? before : now.source().place();
    String about =
        change.operations().size() == 1
            ? now.api() + "." + change.operations().getFirst()
            : now.api();
    return new Finding(kind, about, change.sentence(), place, before);
  }

  /// What a kind of change is to access; null where the model tells it, or it is nothing to access.
  private static Finding.@Nullable Kind kind(dev.gatewarden.core.change.Kind kind) {
    return switch (kind) {
      case READ_WIDENED,
          WRITE_WIDENED,
          CLASS_LOWERED,
          QUERIES_WEAKENED,
          STEP_UP_WEAKENED,
          REQUEST_PROPERTY_WRITABLE,
          REQUEST_OBJECT_OPENED,
          RESPONSE_PROPERTY_READABLE,
          RESPONSE_OBJECT_OPENED,
          RESPONSE_CLASSIFIED_PROPERTY_ADDED ->
          Finding.Kind.WIDENED;
      case READ_NARROWED,
          WRITE_NARROWED,
          STEP_UP_RAISED,
          REQUEST_PROPERTY_READ_ONLY,
          REQUEST_OBJECT_CLOSED,
          RESPONSE_PROPERTY_WRITE_ONLY,
          RESPONSE_OBJECT_CLOSED ->
          Finding.Kind.NARROWED;
      case RESPONSE_PROPERTY_ADDED,
          RESPONSE_BOUND_PROPERTY_ADDED,
          REQUEST_PROPERTY_ADDED,
          REQUEST_REQUIRED_PROPERTY_ADDED,
          RESPONSE_MEDIA_TYPE_ADDED,
          REQUEST_MEDIA_TYPE_ADDED,
          RESPONSE_ALTERNATIVE_ADDED,
          REQUEST_ALTERNATIVE_ADDED,
          RESPONSE_HEADER_ADDED,
          RESPONSE_STATUS_ADDED ->
          Finding.Kind.SHOWN;
      case CLASS_CHANGED,
          OBJECT_BINDING_WEAKENED,
          OBJECT_BINDING_CHANGED,
          SCHEME_AUTHORITY_CHANGED,
          SCHEME_FLOW_ADDED,
          MODE_WEAKENED,
          FLOW_REMOVED,
          LOGIN_REMOVED ->
          Finding.Kind.TRUST;
      // who may use an operation and whose objects that leads to
      case OPERATION_REMOVED,
          OPERATION_RETIRED,
          OPERATION_ADDED,
          PUBLIC_OPERATION_ADDED,
          SECURITY_REMOVED,
          ANONYMOUS_ADMITTED,
          SECURITY_ALTERNATIVE_ADDED,
          SCOPE_DROPPED,
          SECURITY_ADDED,
          SECURITY_ALTERNATIVE_REMOVED,
          SCOPE_ADDED,
          PERMISSION_WIDENED,
          PERMISSION_NARROWED,
          OBJECT_BINDING_REMOVED,
          OBJECT_BINDING_ADDED,
          OBJECT_ACCESS_WIDENED,
          OBJECT_ACCESS_NARROWED,
          // what the words mean
          SCHEME_CHANGED,
          OBJECT_TYPE_WEAKENED,
          OBJECT_TYPE_CHANGED,
          TENANT_RULE_REMOVED,
          TENANT_RULE_CHANGED ->
          null;
      // the shape of what is sent, promises of time, and limits
      case OPERATION_DEPRECATED,
          OPERATION_REVIVED,
          OPERATION_RENAMED,
          PATH_PARAMETER_RENAMED,
          OUTBOUND_REMOVED,
          OUTBOUND_ADDED,
          SCHEME_FLOW_REMOVED,
          SCHEME_SCOPE_ADDED,
          SCHEME_SCOPE_REMOVED,
          SERVER_ADDED,
          SERVER_REMOVED,
          SERVER_PLAIN_HTTP,
          PARAMETER_REMOVED,
          PARAMETER_ADDED,
          REQUIRED_PARAMETER_ADDED,
          PARAMETER_REQUIRED,
          PARAMETER_OPTIONAL,
          PARAMETER_STYLE_CHANGED,
          REQUEST_BODY_ADDED,
          REQUIRED_REQUEST_BODY_ADDED,
          REQUEST_BODY_REMOVED,
          REQUEST_BODY_REQUIRED,
          REQUEST_BODY_OPTIONAL,
          REQUEST_MEDIA_TYPE_REMOVED,
          REQUEST_ENCODING_CHANGED,
          RESPONSE_STATUS_REMOVED,
          RESPONSE_ERROR_REMOVED,
          RESPONSE_MEDIA_TYPE_REMOVED,
          RESPONSE_HEADER_REMOVED,
          RESPONSE_HEADER_OPTIONAL,
          RESPONSE_HEADER_REQUIRED,
          REQUEST_TYPE_NARROWED,
          REQUEST_TYPE_WIDENED,
          RESPONSE_TYPE_NARROWED,
          RESPONSE_TYPE_WIDENED,
          REQUEST_ENUM_NARROWED,
          REQUEST_ENUM_WIDENED,
          RESPONSE_ENUM_NARROWED,
          RESPONSE_ENUM_WIDENED,
          REQUEST_LIMIT_LOWERED,
          REQUEST_LIMIT_RAISED,
          RESPONSE_LIMIT_LOWERED,
          RESPONSE_LIMIT_RAISED,
          REQUEST_MINIMUM_RAISED,
          REQUEST_MINIMUM_LOWERED,
          RESPONSE_MINIMUM_RAISED,
          RESPONSE_MINIMUM_LOWERED,
          REQUEST_RULE_TIGHTENED,
          REQUEST_RULE_LOOSENED,
          REQUEST_RULE_CHANGED,
          RESPONSE_RULE_TIGHTENED,
          RESPONSE_RULE_LOOSENED,
          RESPONSE_RULE_CHANGED,
          REQUEST_ALTERNATIVE_REMOVED,
          RESPONSE_ALTERNATIVE_REMOVED,
          REQUEST_PROPERTY_REMOVED,
          REQUEST_PROPERTY_REQUIRED,
          REQUEST_PROPERTY_OPTIONAL,
          REQUEST_DEFAULT_CHANGED,
          RESPONSE_PROPERTY_REMOVED,
          RESPONSE_PROPERTY_OPTIONAL,
          RESPONSE_PROPERTY_REQUIRED,
          PROPERTY_DEPRECATED,
          LIMITS_RAISED,
          LIMITS_LOWERED,
          LIMITS_CHANGED,
          OWNER_REMOVED,
          OWNER_CHANGED,
          VERSION_NOT_RAISED,
          NOTICE_TOO_SHORT,
          REMOVED_WITHOUT_NOTICE,
          SUNSET_HASTENED ->
          null;
    };
  }
}
