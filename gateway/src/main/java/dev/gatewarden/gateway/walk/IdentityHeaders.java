package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import java.util.Set;

/// The request fields by which some proxy, balancer or mesh tells a service who is calling. From a
/// caller they are forged, so they end at the gate.
///
/// A field that the contract promises as a parameter is the caller's own data and travels, unless
/// the operator says otherwise.
final class IdentityHeaders {
  private static final String OWN = "x-gatewarden-";

  /// Whole names, and beginnings that end in `-`.
  private static final String[] TELLING = {
    "x-user",
    "x-user-",
    "x-userid",
    "x-username",
    "x-userinfo",
    "x-remote-",
    "x-auth-request-",
    "x-auth-user",
    "x-auth-user-",
    "x-auth-email",
    "x-auth-subject",
    "x-authenticated-",
    "x-authentik-",
    "x-authelia-",
    "x-authz-",
    "x-jwt-",
    "x-id-token",
    "x-goog-iap-",
    "x-goog-authenticated-",
    "x-endpoint-api-userinfo",
    "x-apigateway-api-userinfo",
    "x-amzn-oidc-",
    "x-amz-cognito-",
    "x-ms-client-principal",
    "x-ms-client-principal-",
    "x-ms-token-",
    "x-consumer-",
    "x-credential-",
    "x-credential-identifier",
    "x-anonymous-consumer",
    "x-webauth-",
    "x-sso-",
    "x-subject",
    "x-principal",
    "x-principal-",
    "x-actor",
    "x-impersonate-",
    "x-impersonated-",
    "x-email",
    "x-roles",
    "x-groups",
    "x-scopes",
    "x-vouch-",
    "x-pomerium-",
    "x-spiffe-",
    "x-real-user",
    "x-original-user",
    OWN
  };

  private static final String[] TELLING_WITHOUT_X = {
    "remote-user",
    "remote-user-",
    "remote-name",
    "remote-email",
    "remote-groups",
    "impersonate-",
    "cf-access-",
    "authenticated-user",
    "auth-user",
    "user-principal",
    "http-remote-user",
    "oidc-claim-",
    "oidc-access-token",
    "oidc-id-token",
    "iv-user",
    "iv-groups",
    "iv-creds",
    "sm-user",
    "smuser",
    "l5d-client-id"
  };

  private IdentityHeaders() {}

  /// Whether a field ends at the gate.
  ///
  /// @param name with `-` for each `_`
  /// @param more further names, in lower case, that the operator added
  static boolean end(String name, Operation operation, Set<String> more) {
    if (!more.isEmpty() && more.contains(name.toLowerCase(java.util.Locale.ROOT))) {
      return true;
    }
    return tells(name) && (begins(name, OWN) || !isPromised(name, operation));
  }

  private static boolean tells(String name) {
    boolean x = name.length() > 2 && (name.charAt(0) | 0x20) == 'x' && name.charAt(1) == '-';
    for (String telling : x ? TELLING : TELLING_WITHOUT_X) {
      boolean beginning = telling.charAt(telling.length() - 1) == '-';
      if (beginning ? begins(name, telling) : name.equalsIgnoreCase(telling)) {
        return true;
      }
    }
    return false;
  }

  private static boolean begins(String name, String with) {
    return name.regionMatches(true, 0, with, 0, with.length());
  }

  private static boolean isPromised(String name, Operation operation) {
    for (Parameter parameter : operation.parameters()) {
      if (parameter.in() == Parameter.In.HEADER
          && parameter.name().replace('_', '-').equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
