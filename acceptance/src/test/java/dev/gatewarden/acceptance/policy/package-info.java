/// What policies decide beside the contract, through the public surface.
@NullMarked
package dev.gatewarden.acceptance.policy;

import org.jspecify.annotations.NullMarked;
