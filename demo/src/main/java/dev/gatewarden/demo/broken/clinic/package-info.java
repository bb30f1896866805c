/// A clinic for several companies: envelopes, UUIDs, the tenant in the path, tokens from a login.
@NullMarked
package dev.gatewarden.demo.broken.clinic;

import org.jspecify.annotations.NullMarked;
