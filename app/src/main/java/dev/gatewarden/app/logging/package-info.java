/// Log lines to standard error: small, and there before anything else is loaded.
@NullMarked
package dev.gatewarden.app.logging;

import org.jspecify.annotations.NullMarked;
