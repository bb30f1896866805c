/// API keys: issued and kept as keyed digests, verified from memory.
@NullMarked
package dev.gatewarden.gateway.keys;

import org.jspecify.annotations.NullMarked;
