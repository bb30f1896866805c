/// Undoes codings of bytes, within bounds and without trust in what the bytes say of themselves.
@NullMarked
package dev.gatewarden.core.coding;

import org.jspecify.annotations.NullMarked;
