/// What can be found out of an API that nobody has described yet: whose objects it touches.
@NullMarked
package dev.gatewarden.platform.discovery;

import org.jspecify.annotations.NullMarked;
