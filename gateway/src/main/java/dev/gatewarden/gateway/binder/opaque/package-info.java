/// Ids of opaque types where callers' bodies and services' bodies hold them, and one put in place
/// of the other.
@NullMarked
package dev.gatewarden.gateway.binder.opaque;

import org.jspecify.annotations.NullMarked;
