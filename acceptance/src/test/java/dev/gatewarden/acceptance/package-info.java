/// What the requirements promise, proved through the gate's port, the command line and the
/// demonstration.
@NullMarked
package dev.gatewarden.acceptance;

import org.jspecify.annotations.NullMarked;
