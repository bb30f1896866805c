/// The gate under siege: each flood over raw sockets, what the service saw of it, and what honest
/// callers got meanwhile.
@NullMarked
package dev.gatewarden.acceptance.shell;

import org.jspecify.annotations.NullMarked;
