/// Frees bodies of their content codings.
@NullMarked
package dev.gatewarden.gateway.coding;

import org.jspecify.annotations.NullMarked;
