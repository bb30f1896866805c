/// Who has logged in well before, and from where.
@NullMarked
package dev.gatewarden.gateway.login;

import org.jspecify.annotations.NullMarked;
