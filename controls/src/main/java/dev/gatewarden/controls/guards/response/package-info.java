/// Guards that judge what leaves, whoever asked for it.
@NullMarked
package dev.gatewarden.controls.guards.response;

import org.jspecify.annotations.NullMarked;
