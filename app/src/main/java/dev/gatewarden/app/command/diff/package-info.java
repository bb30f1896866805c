/// Two contracts compared, for people and for machines.
@NullMarked
package dev.gatewarden.app.command.diff;

import org.jspecify.annotations.NullMarked;
