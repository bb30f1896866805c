package dev.gatewarden.controls.guards;

/// How much of an exchange a guard needs to see; what nobody needs is neither held nor read.
public enum Reads {
  /// The head of the request.
  HEAD,
  /// The request's raw body at IDENTIFY, in `call.body().bytes()`: it is read before the caller is
  /// known, so at most 1 MiB of it.
  RAW_BODY,
  /// The request's body, read.
  BODY,
  /// The head of the response.
  RESPONSE_HEAD,
  /// The response's body, read.
  RESPONSE_BODY
}
