/// Rules about whose objects are behind an operation, and who may do what with them.
@NullMarked
package dev.gatewarden.controls.rules.access;

import org.jspecify.annotations.NullMarked;
