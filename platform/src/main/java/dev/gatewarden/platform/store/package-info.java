/// What is kept on disk: the decisions of one day, what is shut out, and sessions.
@NullMarked
package dev.gatewarden.platform.store;

import org.jspecify.annotations.NullMarked;
