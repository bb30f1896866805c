/// Wiring: from a configuration to a gate that serves.
@NullMarked
package dev.gatewarden.app.serving;

import org.jspecify.annotations.NullMarked;
