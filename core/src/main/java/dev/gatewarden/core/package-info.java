/// The pure heart of Gatewarden: no socket, file, clock or thread of its own.
@NullMarked
package dev.gatewarden.core;

import org.jspecify.annotations.NullMarked;
