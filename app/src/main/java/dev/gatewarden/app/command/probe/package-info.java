/// What a probing run is given, and how its result is told.
@NullMarked
package dev.gatewarden.app.command.probe;

import org.jspecify.annotations.NullMarked;
