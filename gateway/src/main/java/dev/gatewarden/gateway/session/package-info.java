/// Browser sessions: signing in at an identity provider, what the gate keeps of it, and how it
/// ends.
@NullMarked
package dev.gatewarden.gateway.session;

import org.jspecify.annotations.NullMarked;
