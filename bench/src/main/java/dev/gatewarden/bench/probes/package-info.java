/// What the prober finds of what is broken, how much of what it says is true, and what that costs.
@NullMarked
package dev.gatewarden.bench.probes;

import org.jspecify.annotations.NullMarked;
