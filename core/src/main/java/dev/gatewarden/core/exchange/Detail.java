package dev.gatewarden.core.exchange;

/// One thing wrong with a message, told so that a client developer can act on it (RFC 9457, with
/// the location names of JSON Schema's output
/// format).
///
/// @param instanceLocation where in the message: a JSON pointer into the body, or `query/limit`,
///     `header/x-trace`, `path/orderId`
/// @param keywordLocation which part of the contract says so: a JSON pointer into its schema, or
///     empty
/// @param message what is wrong, without any value of the request
public record Detail(String instanceLocation, String keywordLocation, String message) {}
