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
/// @param connections the most connections at once; the oldest on which nothing is asked makes room
/// @param connectionsOfNetwork how many of them one network may have, an IPv4 `/24` or an IPv6
///     `/56`;
///     a quarter where it is not said. Networks of `listen.trust` may have all
/// @param streams the most requests at once on one HTTP/2 connection
/// @param requests the most requests that wait for the beginning of their answers; from 70 % on
///     what
///     has a lower `priority` is refused
/// @param lag how late event loops may come to their own work, three times in a row; from 70 % on
///     what has a lower `priority` is refused
/// @param headTime from the first byte of a request's head to its last; also for the TLS handshake
/// @param bodyTime the longest pause while a body comes, and the time that it has in any case
/// @param idleTime how long a connection may rest between requests
/// @param silence how long a stream or a WebSocket may carry nothing
/// @param slowest the bytes a second at which bodies must come and answers be taken, on the whole;
///     `0B` for any
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
    @Nullable Integer connectionsOfNetwork,
    @Default("128") int streams,
    @Default("5000") int requests,
    @Default("500ms") Duration lag,
    @Default("10s") Duration headTime,
    @Default("20s") Duration bodyTime,
    @Default("75s") Duration idleTime,
    @Default("5m") Duration silence,
    @Default("500B") Size slowest,
    @Default("32KiB") Size headers,
    @Default("100") int headerLines,
    @Default("8KiB") Size target,
    @Default("1000") int parameters,
    @Default("10s") Duration drain,
    @Nullable Integer depth,
    @Nullable Integer keys,
    @Nullable Integer items,
    @Nullable Size string,
    @Nullable Integer digits) {

  private static final int QUARTERS = 4;

  /// How many connections one network may have.
  public int share() {
    return connectionsOfNetwork == null
        ? Math.max(1, connections / QUARTERS)
        : connectionsOfNetwork;
  }
}
