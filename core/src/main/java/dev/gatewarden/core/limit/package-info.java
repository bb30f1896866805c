/// How much of something there is, and the arithmetic of taking from it.
@NullMarked
package dev.gatewarden.core.limit;

import org.jspecify.annotations.NullMarked;
