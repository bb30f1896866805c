/// Probes of what is left open: pages, headers, caches and old versions.
@NullMarked
package dev.gatewarden.controls.probes.exposure;

import org.jspecify.annotations.NullMarked;
