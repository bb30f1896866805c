/// Controls of browser sessions.
@NullMarked
package dev.gatewarden.controls.guards.session;

import org.jspecify.annotations.NullMarked;
