/// Patches of objects: merge patches (RFC 7396) and JSON patches (RFC 6902), read as what they
/// write and what they tell.
@NullMarked
package dev.gatewarden.gateway.binder.body.patch;

import org.jspecify.annotations.NullMarked;
