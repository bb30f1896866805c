/// Tokens that only their issuer can read: it is asked what they are worth (RFC 7662).
@NullMarked
package dev.gatewarden.gateway.identity.introspection;

import org.jspecify.annotations.NullMarked;
