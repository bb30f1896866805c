/// What the program says of what it guards.
@NullMarked
package dev.gatewarden.acceptance.coverage;

import org.jspecify.annotations.NullMarked;
