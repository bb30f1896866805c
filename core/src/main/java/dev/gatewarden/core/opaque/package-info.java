/// Ids that callers see in place of a service's own: made from those with a key, and read back.
@NullMarked
package dev.gatewarden.core.opaque;

import org.jspecify.annotations.NullMarked;
