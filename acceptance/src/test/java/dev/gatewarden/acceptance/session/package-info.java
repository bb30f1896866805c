/// Browsers that sign in through the gate, at an authorization server that others wrote.
@NullMarked
package dev.gatewarden.acceptance.session;

import org.jspecify.annotations.NullMarked;
