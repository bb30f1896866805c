/// The first answers to requests that may be repeated.
@NullMarked
package dev.gatewarden.gateway.repeat;

import org.jspecify.annotations.NullMarked;
