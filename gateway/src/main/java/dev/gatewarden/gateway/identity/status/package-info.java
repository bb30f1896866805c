/// What an issuer's tokens are asked for beside being genuine: that each is used once, and that the
/// issuer's status list has not withdrawn it.
@NullMarked
package dev.gatewarden.gateway.identity.status;

import org.jspecify.annotations.NullMarked;
