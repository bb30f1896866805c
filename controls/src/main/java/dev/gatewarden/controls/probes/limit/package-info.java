/// Probes of limits: whether anybody may have as much as they like.
@NullMarked
package dev.gatewarden.controls.probes.limit;

import org.jspecify.annotations.NullMarked;
