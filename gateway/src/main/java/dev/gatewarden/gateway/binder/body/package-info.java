/// Reads the bodies of messages, one file for each kind of media type.
@NullMarked
package dev.gatewarden.gateway.binder.body;

import org.jspecify.annotations.NullMarked;
