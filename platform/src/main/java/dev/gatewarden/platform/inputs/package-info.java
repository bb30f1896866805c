/// Contracts inferred from what people have in the place of one: collections of requests, and
/// recorded traffic.
@NullMarked
package dev.gatewarden.platform.inputs;

import org.jspecify.annotations.NullMarked;
