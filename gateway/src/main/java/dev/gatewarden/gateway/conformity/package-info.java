/// Keeps count of how well services keep their contracts, and turns that into enforcement.
@NullMarked
package dev.gatewarden.gateway.conformity;

import org.jspecify.annotations.NullMarked;
