/// Rules about whether anybody knows what is there, whose it is, and how long it will be there.
@NullMarked
package dev.gatewarden.controls.rules.inventory;

import org.jspecify.annotations.NullMarked;
