/// What several gates share in one Redis: claims, sessions and blocks.
@NullMarked
package dev.gatewarden.gateway.state.redis;

import org.jspecify.annotations.NullMarked;
