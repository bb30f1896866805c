/// What works beside the request path.
@NullMarked
package dev.gatewarden.platform;

import org.jspecify.annotations.NullMarked;
