/// The metaschemas of the published drafts, stated in the product's own arrangement.
@NullMarked
package dev.gatewarden.core.schema.metaschema;

import org.jspecify.annotations.NullMarked;
