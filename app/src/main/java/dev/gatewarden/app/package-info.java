/// The program: the only place that wires rooms, settings and the outside world together.
@NullMarked
package dev.gatewarden.app;

import org.jspecify.annotations.NullMarked;
