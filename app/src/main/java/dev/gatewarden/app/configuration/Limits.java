package dev.gatewarden.app.configuration;

import dev.gatewarden.core.limit.Size;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Bounds that hold for every API.
///
/// What is in a body (`depth` and the following) is bounded in any case; a bound that is written
/// here is a ceiling, which no contract goes beyond and only the guards `request-schema` and
/// `response-schema` of an API or an operation replace.
///
/// @param body the longest request or response body that is held to be judged
/// @param inFlight the most bytes held by all exchanges together; beyond it new bodies get 503
/// @param connections the most connections at once
/// @param headers the most bytes of a request's header lines
/// @param headerLines the most header lines of a request
/// @param target the longest request target
/// @param parameters the most query parameters of a request
/// @param drain how long requests in flight may take to end when the gate stops
/// @param depth how deeply objects and arrays may be nested; at most 256
/// @param keys how many members an object may have
/// @param items how many items an array may have
/// @param string how long a text may be, as it is written
/// @param digits how many characters a number may have
public record Limits(
    @Default("1MiB") Size body,
    @Default("256MiB") Size inFlight,
    @Default("10000") int connections,
    @Default("32KiB") Size headers,
    @Default("100") int headerLines,
    @Default("8KiB") Size target,
    @Default("1000") int parameters,
    @Default("10s") Duration drain,
    @Nullable Integer depth,
    @Nullable Integer keys,
    @Nullable Integer items,
    @Nullable Size string,
    @Nullable Integer digits) {}
