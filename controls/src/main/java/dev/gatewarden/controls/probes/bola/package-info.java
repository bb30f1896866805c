/// Probes of objects: whether somebody reaches what is not theirs.
@NullMarked
package dev.gatewarden.controls.probes.bola;

import org.jspecify.annotations.NullMarked;
