/// The command line as a client of authorization servers: logging in, and the tokens that are kept.
@NullMarked
package dev.gatewarden.app.client;

import org.jspecify.annotations.NullMarked;
