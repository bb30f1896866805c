/// The gate's own surface for operators: health, metrics, explanations.
@NullMarked
package dev.gatewarden.app.admin;

import org.jspecify.annotations.NullMarked;
