package dev.gatewarden.core.change;

import static dev.gatewarden.core.change.Kind.Weight.BOTH;
import static dev.gatewarden.core.change.Kind.Weight.BREAKING;
import static dev.gatewarden.core.change.Kind.Weight.NONE;
import static dev.gatewarden.core.change.Kind.Weight.POLICY;
import static dev.gatewarden.core.change.Kind.Weight.SECURITY;
import static dev.gatewarden.core.decision.Threat.API1_OBJECT_AUTHORIZATION;
import static dev.gatewarden.core.decision.Threat.API2_AUTHENTICATION;
import static dev.gatewarden.core.decision.Threat.API3_PROPERTY_AUTHORIZATION;
import static dev.gatewarden.core.decision.Threat.API4_RESOURCE_CONSUMPTION;
import static dev.gatewarden.core.decision.Threat.API5_FUNCTION_AUTHORIZATION;
import static dev.gatewarden.core.decision.Threat.API6_BUSINESS_FLOWS;
import static dev.gatewarden.core.decision.Threat.API8_MISCONFIGURATION;
import static dev.gatewarden.core.decision.Threat.API9_INVENTORY;

import dev.gatewarden.core.decision.Threat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A way in which a contract can change. What a change weighs depends on its kind alone, so that a
/// kind can be looked up, and agreed to, by its name.
///
/// Kinds that begin with `request` are about what callers send, those that begin with `response`
/// about what they get.
public enum Kind {
  OPERATION_REMOVED(BREAKING, "callers of it get 404"),
  OPERATION_RETIRED(NONE, "its announced end has passed"),
  OPERATION_ADDED(NONE, "nobody can depend on it yet"),
  PUBLIC_OPERATION_ADDED(
      SECURITY, API2_AUTHENTICATION, "anybody may call it, without a credential"),
  OPERATION_DEPRECATED(NONE, "callers should begin to leave it"),
  OPERATION_REVIVED(NONE, "callers may stay"),
  OPERATION_RENAMED(NONE, "settings and exceptions name operations by their id"),
  PATH_PARAMETER_RENAMED(NONE, "callers never see its name, bindings do"),
  OUTBOUND_REMOVED(BREAKING, "who waits for this call waits in vain"),
  OUTBOUND_ADDED(NONE, "receivers may ignore it"),

  SECURITY_REMOVED(SECURITY, API2_AUTHENTICATION, "whoever reaches the API may call it"),
  ANONYMOUS_ADMITTED(SECURITY, API2_AUTHENTICATION, "callers without a credential are let in"),
  SECURITY_ALTERNATIVE_ADDED(
      SECURITY, API2_AUTHENTICATION, "there is a way in that was not there before"),
  SCOPE_DROPPED(SECURITY, API5_FUNCTION_AUTHORIZATION, "tokens with fewer rights are let in"),
  SECURITY_ADDED(BREAKING, "callers without that credential are refused"),
  SECURITY_ALTERNATIVE_REMOVED(BREAKING, "callers who came this way are refused"),
  SCOPE_ADDED(BREAKING, "tokens issued so far are refused"),
  SCHEME_CHANGED(BOTH, API2_AUTHENTICATION, "what proves a caller is something else now"),
  SCHEME_FLOW_ADDED(SECURITY, API2_AUTHENTICATION, "tokens can be had in another way"),
  SCHEME_FLOW_REMOVED(BREAKING, "clients that get their tokens this way get none"),
  SCHEME_AUTHORITY_CHANGED(SECURITY, API2_AUTHENTICATION, "somebody else issues the tokens"),
  SCHEME_SCOPE_ADDED(NONE, "there is a right more to ask for"),
  SCHEME_SCOPE_REMOVED(BREAKING, "clients that ask for it are refused"),

  SERVER_ADDED(NONE, "callers stay where they are"),
  SERVER_REMOVED(BREAKING, "callers still go there"),
  SERVER_PLAIN_HTTP(
      SECURITY, API8_MISCONFIGURATION, "credentials and data travel readable for everybody"),

  PARAMETER_REMOVED(BREAKING, "what is not promised is refused"),
  PARAMETER_ADDED(NONE, "callers may leave it out"),
  REQUIRED_PARAMETER_ADDED(BREAKING, "callers do not send it yet"),
  PARAMETER_REQUIRED(BREAKING, "callers who leave it out are refused"),
  PARAMETER_OPTIONAL(NONE, "callers may go on sending it"),
  PARAMETER_STYLE_CHANGED(BREAKING, "it is written in another way than callers write it"),

  REQUEST_BODY_ADDED(NONE, "callers may leave it out"),
  REQUIRED_REQUEST_BODY_ADDED(BREAKING, "callers do not send one yet"),
  REQUEST_BODY_REMOVED(BREAKING, "requests that carry one are refused"),
  REQUEST_BODY_REQUIRED(BREAKING, "requests without one are refused"),
  REQUEST_BODY_OPTIONAL(NONE, "callers may go on sending it"),
  REQUEST_MEDIA_TYPE_REMOVED(BREAKING, "callers who write this type are refused"),
  REQUEST_MEDIA_TYPE_ADDED(NONE, "callers may go on as they do"),
  REQUEST_ENCODING_CHANGED(BREAKING, "parts are read in another way than callers write them"),
  RESPONSE_STATUS_REMOVED(BREAKING, "callers wait for an answer that does not come"),
  RESPONSE_ERROR_REMOVED(NONE, "callers lose nothing but a way to fail"),
  RESPONSE_STATUS_ADDED(NONE, "callers treat it as its class"),
  RESPONSE_MEDIA_TYPE_REMOVED(BREAKING, "callers who read this type get something else"),
  RESPONSE_MEDIA_TYPE_ADDED(NONE, "callers say what they accept"),
  RESPONSE_HEADER_REMOVED(BREAKING, "callers read it"),
  RESPONSE_HEADER_ADDED(NONE, "callers may ignore it"),
  RESPONSE_HEADER_OPTIONAL(BREAKING, "callers rely on it"),
  RESPONSE_HEADER_REQUIRED(NONE, "callers get more than before"),

  REQUEST_TYPE_NARROWED(BREAKING, "values callers send are refused"),
  REQUEST_TYPE_WIDENED(NONE, "values callers send still fit"),
  RESPONSE_TYPE_NARROWED(NONE, "callers can read all that comes"),
  RESPONSE_TYPE_WIDENED(BREAKING, "values come that callers cannot read"),
  REQUEST_ENUM_NARROWED(BREAKING, "values callers send are refused"),
  REQUEST_ENUM_WIDENED(NONE, "values callers send still fit"),
  RESPONSE_ENUM_NARROWED(NONE, "callers know all that comes"),
  RESPONSE_ENUM_WIDENED(BREAKING, "values come that callers do not know"),
  REQUEST_LIMIT_LOWERED(BREAKING, "values callers send are refused"),
  REQUEST_LIMIT_RAISED(
      SECURITY, API4_RESOURCE_CONSUMPTION, "a caller can make the service do and hold more"),
  RESPONSE_LIMIT_LOWERED(NONE, "callers have room for all that comes"),
  RESPONSE_LIMIT_RAISED(BREAKING, "values come that callers have no room for"),
  REQUEST_MINIMUM_RAISED(BREAKING, "values callers send are refused"),
  REQUEST_MINIMUM_LOWERED(NONE, "values callers send still fit"),
  RESPONSE_MINIMUM_RAISED(NONE, "callers can take all that comes"),
  RESPONSE_MINIMUM_LOWERED(BREAKING, "values come that callers do not expect"),
  REQUEST_RULE_TIGHTENED(BREAKING, "values callers send are refused"),
  REQUEST_RULE_LOOSENED(NONE, "values callers send still fit"),
  REQUEST_RULE_CHANGED(BREAKING, "nobody can tell that what callers send still fits"),
  RESPONSE_RULE_TIGHTENED(NONE, "callers can take all that comes"),
  RESPONSE_RULE_LOOSENED(BREAKING, "values come that callers do not expect"),
  RESPONSE_RULE_CHANGED(BREAKING, "nobody can tell that callers can take what comes"),
  REQUEST_ALTERNATIVE_REMOVED(BREAKING, "callers who send this shape are refused"),
  REQUEST_ALTERNATIVE_ADDED(NONE, "what callers send still fits"),
  RESPONSE_ALTERNATIVE_REMOVED(NONE, "callers know all that comes"),
  RESPONSE_ALTERNATIVE_ADDED(BREAKING, "a shape comes that callers do not know"),

  REQUEST_PROPERTY_REMOVED(BREAKING, "what is not promised is refused"),
  REQUEST_PROPERTY_ADDED(NONE, "callers may leave it out"),
  REQUEST_REQUIRED_PROPERTY_ADDED(BREAKING, "callers do not send it yet"),
  REQUEST_PROPERTY_REQUIRED(BREAKING, "callers who leave it out are refused"),
  REQUEST_PROPERTY_OPTIONAL(NONE, "callers may go on sending it"),
  REQUEST_PROPERTY_WRITABLE(
      SECURITY, API3_PROPERTY_AUTHORIZATION, "callers may set what only the service set"),
  REQUEST_PROPERTY_READ_ONLY(BREAKING, "callers who send it are refused"),
  REQUEST_OBJECT_OPENED(
      SECURITY, API3_PROPERTY_AUTHORIZATION, "fields that nobody promised reach the service"),
  REQUEST_OBJECT_CLOSED(BREAKING, "callers who send further fields are refused"),
  REQUEST_DEFAULT_CHANGED(NONE, "callers who leave it out get something else"),
  RESPONSE_PROPERTY_REMOVED(BREAKING, "callers read it"),
  RESPONSE_PROPERTY_ADDED(
      SECURITY, API3_PROPERTY_AUTHORIZATION, "callers learn what they did not learn before"),
  RESPONSE_BOUND_PROPERTY_ADDED(
      SECURITY, API3_PROPERTY_AUTHORIZATION, "whoever may read the object learns more of it"),
  RESPONSE_CLASSIFIED_PROPERTY_ADDED(
      SECURITY, API3_PROPERTY_AUTHORIZATION, "classified data leaves that did not leave before"),
  RESPONSE_PROPERTY_OPTIONAL(BREAKING, "callers rely on it"),
  RESPONSE_PROPERTY_REQUIRED(NONE, "callers get more than before"),
  RESPONSE_PROPERTY_READABLE(
      SECURITY, API3_PROPERTY_AUTHORIZATION, "what callers could only write leaves the service"),
  RESPONSE_PROPERTY_WRITE_ONLY(BREAKING, "callers read it"),
  RESPONSE_OBJECT_OPENED(
      SECURITY, API3_PROPERTY_AUTHORIZATION, "fields that nobody promised leave the service"),
  RESPONSE_OBJECT_CLOSED(NONE, "callers know all that comes"),
  PROPERTY_DEPRECATED(NONE, "callers should begin to leave it"),

  CLASS_LOWERED(SECURITY, API3_PROPERTY_AUTHORIZATION, "it is guarded and redacted less"),
  CLASS_CHANGED(NONE, "it is guarded and redacted otherwise"),
  READ_WIDENED(SECURITY, API3_PROPERTY_AUTHORIZATION, "more callers may read the property"),
  READ_NARROWED(BREAKING, "the property is cut for callers who read it"),
  WRITE_WIDENED(SECURITY, API3_PROPERTY_AUTHORIZATION, "more callers may set the property"),
  WRITE_NARROWED(BREAKING, "callers who set the property are refused"),

  OBJECT_BINDING_REMOVED(
      SECURITY, API1_OBJECT_AUTHORIZATION, "nobody checks any more whose object it is"),
  OBJECT_BINDING_WEAKENED(SECURITY, API1_OBJECT_AUTHORIZATION, "less of the object is checked"),
  OBJECT_BINDING_CHANGED(
      SECURITY, API1_OBJECT_AUTHORIZATION, "another object is checked, or in another way"),
  OBJECT_BINDING_ADDED(NONE, "objects of others are refused from now on"),
  OBJECT_ACCESS_WIDENED(SECURITY, API1_OBJECT_AUTHORIZATION, "more callers may touch the object"),
  OBJECT_ACCESS_NARROWED(BREAKING, "callers who touched the object are refused"),
  OBJECT_TYPE_WEAKENED(SECURITY, API1_OBJECT_AUTHORIZATION, "less is known of whose an object is"),
  OBJECT_TYPE_CHANGED(SECURITY, API1_OBJECT_AUTHORIZATION, "whose an object is, is told otherwise"),
  TENANT_RULE_REMOVED(SECURITY, API1_OBJECT_AUTHORIZATION, "tenants are kept apart less"),
  TENANT_RULE_CHANGED(SECURITY, API1_OBJECT_AUTHORIZATION, "tenants are kept apart otherwise"),
  LIMITS_RAISED(SECURITY, API4_RESOURCE_CONSUMPTION, "a caller can ask for more"),
  LIMITS_LOWERED(NONE, "callers beyond the limit are refused sooner"),
  LIMITS_CHANGED(SECURITY, API4_RESOURCE_CONSUMPTION, "nobody can tell that as little is allowed"),
  MODE_WEAKENED(SECURITY, API8_MISCONFIGURATION, "what was enforced is watched, or not even that"),
  FLOW_REMOVED(SECURITY, API6_BUSINESS_FLOWS, "the flow is no longer guarded as one"),
  LOGIN_REMOVED(SECURITY, API2_AUTHENTICATION, "guessing passwords here is no longer held back"),
  QUERIES_WEAKENED(
      SECURITY, API3_PROPERTY_AUTHORIZATION, "a query may name properties that are not readable"),
  STEP_UP_WEAKENED(SECURITY, API2_AUTHENTICATION, "an older or weaker sign-in is enough"),
  STEP_UP_RAISED(BREAKING, "callers who signed in longer ago, or otherwise, are asked again"),
  PERMISSION_WIDENED(SECURITY, API5_FUNCTION_AUTHORIZATION, "more callers may call"),
  PERMISSION_NARROWED(BREAKING, "callers without one of the roles are refused"),
  OWNER_REMOVED(SECURITY, API9_INVENTORY, "nobody answers for it"),
  OWNER_CHANGED(NONE, "somebody else answers for it"),

  VERSION_NOT_RAISED(POLICY, API9_INVENTORY, "breaking changes are promised a new version"),
  NOTICE_TOO_SHORT(POLICY, API9_INVENTORY, "callers are promised more time to leave"),
  REMOVED_WITHOUT_NOTICE(POLICY, API9_INVENTORY, "callers are promised time to leave"),
  SUNSET_HASTENED(POLICY, API9_INVENTORY, "callers were told a later day");

  /// What a change asks of whom.
  public enum Weight {
    NONE,
    /// Callers who obey the old contract can fail.
    BREAKING,
    /// The API protects less, or shows more.
    SECURITY,
    BOTH,
    /// It goes against the stated version policy.
    POLICY
  }

  private final Weight weight;
  private final @Nullable Threat threat;
  private final String why;

  Kind(Weight weight, String why) {
    this(weight, null, why);
  }

  Kind(Weight weight, @Nullable Threat threat, String why) {
    this.weight = weight;
    this.threat = threat;
    this.why = why;
  }

  /// The name users write, `operation-removed`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public boolean breaking() {
    return weight == BREAKING || weight == BOTH;
  }

  public boolean security() {
    return weight == SECURITY || weight == BOTH;
  }

  public boolean policy() {
    return weight == POLICY;
  }

  /// Why it matters, or why it does not.
  public String why() {
    return why;
  }

  /// The category of the OWASP API Security Top 10 (2023), or null where none applies.
  public @Nullable Threat threat() {
    return threat;
  }
}
