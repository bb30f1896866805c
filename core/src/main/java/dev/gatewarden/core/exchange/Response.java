package dev.gatewarden.core.exchange;

/// What the upstream answered.
///
/// @param body what one pass over the body found; `Reading.NONE` where nothing was held or nothing
///     is promised
public record Response(int status, Headers headers, Reading body) {}
