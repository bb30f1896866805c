/// Room 5: from bytes to Calls. Reads each body once, and hands guards what was found.
@NullMarked
package dev.gatewarden.gateway.binder;

import org.jspecify.annotations.NullMarked;
