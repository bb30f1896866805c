/// Probes of input: whether a service takes what it should not, and falls over it.
@NullMarked
package dev.gatewarden.controls.probes.input;

import org.jspecify.annotations.NullMarked;
