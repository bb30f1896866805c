/// Attacks on a running API: what is sent, what comes back, and what was to be expected.
@NullMarked
package dev.gatewarden.core.probe;

import org.jspecify.annotations.NullMarked;
