/// What operations prove callers to their service, whose account is tried, and how the service says
/// no.
@NullMarked
package dev.gatewarden.core.login;

import org.jspecify.annotations.NullMarked;
