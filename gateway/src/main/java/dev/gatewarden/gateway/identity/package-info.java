/// Proves signed tokens, keeps the issuers' keys, and carries the caller's identity to upstreams.
@NullMarked
package dev.gatewarden.gateway.identity;

import org.jspecify.annotations.NullMarked;
