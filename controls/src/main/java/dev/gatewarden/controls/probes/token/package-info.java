/// Probes of tokens: whether something is believed that nobody signed.
@NullMarked
package dev.gatewarden.controls.probes.token;

import org.jspecify.annotations.NullMarked;
