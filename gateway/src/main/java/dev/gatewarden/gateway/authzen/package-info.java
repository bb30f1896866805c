/// Answers services' own questions, in the words of AuthZEN 1.0, by the guards that judge requests.
@NullMarked
package dev.gatewarden.gateway.authzen;

import org.jspecify.annotations.NullMarked;
