/// Whose objects are whose, through the gate port: every principal, object, verb and place of an
/// id.
@NullMarked
package dev.gatewarden.acceptance.object;

import org.jspecify.annotations.NullMarked;
