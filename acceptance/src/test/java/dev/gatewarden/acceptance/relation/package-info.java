/// Whose objects are whose, and whose tenant's, through the public surface.
@NullMarked
package dev.gatewarden.acceptance.relation;

import org.jspecify.annotations.NullMarked;
