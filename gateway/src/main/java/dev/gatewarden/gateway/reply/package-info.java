/// Room 8, the gate's own answers: from a Reason to a problem document.
@NullMarked
package dev.gatewarden.gateway.reply;

import org.jspecify.annotations.NullMarked;
