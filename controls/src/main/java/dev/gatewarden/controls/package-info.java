/// What Gatewarden checks: one control, one file.
@NullMarked
package dev.gatewarden.controls;

import org.jspecify.annotations.NullMarked;
