/// Rules about how much and how often callers may ask.
@NullMarked
package dev.gatewarden.controls.rules.limits;

import org.jspecify.annotations.NullMarked;
