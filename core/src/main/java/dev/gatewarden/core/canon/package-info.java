/// The one reading of path, query, host and of those header fields that say who called and whence.
@NullMarked
package dev.gatewarden.core.canon;

import org.jspecify.annotations.NullMarked;
