/// Long mixed load while everything around the gate goes wrong.
@NullMarked
package dev.gatewarden.acceptance.soak;

import org.jspecify.annotations.NullMarked;
