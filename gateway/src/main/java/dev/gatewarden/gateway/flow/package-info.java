/// What is remembered of business flows.
@NullMarked
package dev.gatewarden.gateway.flow;

import org.jspecify.annotations.NullMarked;
