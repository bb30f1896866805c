/// What `gatewarden audit` prints.
@NullMarked
package dev.gatewarden.app.command.audit;

import org.jspecify.annotations.NullMarked;
