/// Probes of functions: whether somebody may do what is not for them.
@NullMarked
package dev.gatewarden.controls.probes.bfla;

import org.jspecify.annotations.NullMarked;
