/// Guards that judge events somebody else sends.
@NullMarked
package dev.gatewarden.controls.guards.webhook;

import org.jspecify.annotations.NullMarked;
