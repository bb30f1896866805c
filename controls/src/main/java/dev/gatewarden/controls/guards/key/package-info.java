/// Guards that prove callers by API keys, and keep such keys out of addresses.
@NullMarked
package dev.gatewarden.controls.guards.key;

import org.jspecify.annotations.NullMarked;
