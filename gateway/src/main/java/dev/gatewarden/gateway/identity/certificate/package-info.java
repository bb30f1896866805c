/// Client certificates: trust bundles and revocation lists from files, the paths through them, and
/// the names that certificates bear.
@NullMarked
package dev.gatewarden.gateway.identity.certificate;

import org.jspecify.annotations.NullMarked;
