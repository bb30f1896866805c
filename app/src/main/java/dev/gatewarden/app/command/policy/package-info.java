/// What the commands `policy` ask of a configuration, and how they print the answers.
@NullMarked
package dev.gatewarden.app.command.policy;

import org.jspecify.annotations.NullMarked;
