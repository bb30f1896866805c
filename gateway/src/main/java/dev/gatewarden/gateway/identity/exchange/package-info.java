/// Tokens of narrow audience in place of the caller's (RFC 8693).
@NullMarked
package dev.gatewarden.gateway.identity.exchange;

import org.jspecify.annotations.NullMarked;
