/// Reads the parameters of requests in every style that OpenAPI has.
@NullMarked
package dev.gatewarden.gateway.binder.parameter;

import org.jspecify.annotations.NullMarked;
