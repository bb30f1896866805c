/// Network addresses and the blocks they lie in.
@NullMarked
package dev.gatewarden.core.address;

import org.jspecify.annotations.NullMarked;
