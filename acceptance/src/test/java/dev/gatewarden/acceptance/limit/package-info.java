/// How much callers may do, and what becomes of who wants more, through the public surface.
@NullMarked
package dev.gatewarden.acceptance.limit;

import org.jspecify.annotations.NullMarked;
