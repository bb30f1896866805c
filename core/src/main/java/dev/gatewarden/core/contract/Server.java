package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Place;
import org.jspecify.annotations.Nullable;

/// A place where an API says it can be reached; variables stand at their defaults.
///
/// @param url as written, variables replaced by their defaults
/// @param host lower case, without port, or null when the URL is relative
/// @param basePath begins with `/` and does not end with one, or is the empty text
public record Server(String url, @Nullable String host, String basePath, Place place) {}
