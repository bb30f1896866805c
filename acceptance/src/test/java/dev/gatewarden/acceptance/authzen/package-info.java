/// The gate as a decision point that services ask (AuthZEN 1.0).
@NullMarked
package dev.gatewarden.acceptance.authzen;

import org.jspecify.annotations.NullMarked;
