/// Schemas compiled to validators that judge raw JSON bytes in one pass, without a tree.
@NullMarked
package dev.gatewarden.core.schema;

import org.jspecify.annotations.NullMarked;
