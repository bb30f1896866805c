/// Bytes as no client of a library would send them.
@NullMarked
package dev.gatewarden.testkit.wire;

import org.jspecify.annotations.NullMarked;
