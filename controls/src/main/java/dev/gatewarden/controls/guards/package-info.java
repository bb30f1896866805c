/// The inline controls, and what a control gets when it is seated at an operation.
@NullMarked
package dev.gatewarden.controls.guards;

import org.jspecify.annotations.NullMarked;
