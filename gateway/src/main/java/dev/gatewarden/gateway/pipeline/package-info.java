/// Judges a Call stage by stage; what it clears is the only thing that reaches an upstream.
@NullMarked
package dev.gatewarden.gateway.pipeline;

import org.jspecify.annotations.NullMarked;
