/// Turns text that is not JSON into the JSON it stands for, as far as a schema tells.
@NullMarked
package dev.gatewarden.gateway.binder.shape;

import org.jspecify.annotations.NullMarked;
