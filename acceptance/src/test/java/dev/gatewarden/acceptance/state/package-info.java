/// What gates remember and share: revocation, once-only tokens, limits.
@NullMarked
package dev.gatewarden.acceptance.state;

import org.jspecify.annotations.NullMarked;
