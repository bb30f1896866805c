/// What the gate knows by itself, kept in this process: whose objects are whose, and who is shut
/// out.
@NullMarked
package dev.gatewarden.gateway.state;

import org.jspecify.annotations.NullMarked;
