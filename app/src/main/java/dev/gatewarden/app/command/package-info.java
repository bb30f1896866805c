/// The command line: verbs, their help, and what they print.
@NullMarked
package dev.gatewarden.app.command;

import org.jspecify.annotations.NullMarked;
