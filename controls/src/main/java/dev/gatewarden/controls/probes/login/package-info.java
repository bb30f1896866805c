/// Probes of logins, sessions and authorization servers: whether somebody gets in who should not.
@NullMarked
package dev.gatewarden.controls.probes.login;

import org.jspecify.annotations.NullMarked;
