/// Room 9: one decision line and one observation for each request, on every path.
@NullMarked
package dev.gatewarden.gateway.recorder;

import org.jspecify.annotations.NullMarked;
