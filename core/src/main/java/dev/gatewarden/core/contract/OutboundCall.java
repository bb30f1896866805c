package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Place;
import org.jspecify.annotations.Nullable;

/// A call the API makes itself: a webhook it sends, or a callback a caller asked for.
///
/// @param name the webhook's name, or the callback's name and URL expression
/// @param because the operation that asked for the callback, or null for a webhook
public record OutboundCall(
    String name,
    @Nullable OperationId because,
    String method,
    @Nullable RequestBody body,
    Responses responses,
    Place place) {}
