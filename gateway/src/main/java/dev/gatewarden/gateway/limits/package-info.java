/// What is consumed on the request path, kept in this process.
@NullMarked
package dev.gatewarden.gateway.limits;

import org.jspecify.annotations.NullMarked;
