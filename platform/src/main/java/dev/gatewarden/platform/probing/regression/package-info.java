/// Faults that were found once, tried again: what was sent, and whether the same still finds them.
@NullMarked
package dev.gatewarden.platform.probing.regression;

import org.jspecify.annotations.NullMarked;
