/// Edits of a contract's text that keep its comments, its order and everything else.
@NullMarked
package dev.gatewarden.platform.auditing.fixing;

import org.jspecify.annotations.NullMarked;
