/// One request and what becomes of it on the way through the rooms.
@NullMarked
package dev.gatewarden.core.exchange;

import org.jspecify.annotations.NullMarked;
