/// What was understood of a contract, for people and for machines.
@NullMarked
package dev.gatewarden.app.command.show;

import org.jspecify.annotations.NullMarked;
