/// What probes share: who attacks, and what an answer gives away.
@NullMarked
package dev.gatewarden.controls.probes;

import org.jspecify.annotations.NullMarked;
