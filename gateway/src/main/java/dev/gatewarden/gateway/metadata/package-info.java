/// What the gate publishes of the APIs behind it.
@NullMarked
package dev.gatewarden.gateway.metadata;

import org.jspecify.annotations.NullMarked;
