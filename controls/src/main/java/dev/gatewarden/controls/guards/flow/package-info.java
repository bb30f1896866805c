/// Business flows: steps in their order, and how often anybody goes through them.
@NullMarked
package dev.gatewarden.controls.guards.flow;

import org.jspecify.annotations.NullMarked;
