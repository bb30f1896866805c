/// Asks the service itself whose an object is, before anything is done to it.
@NullMarked
package dev.gatewarden.gateway.lookup;

import org.jspecify.annotations.NullMarked;
