/// Pages for a browser that stand by themselves.
@NullMarked
package dev.gatewarden.app.command.page;

import org.jspecify.annotations.NullMarked;
