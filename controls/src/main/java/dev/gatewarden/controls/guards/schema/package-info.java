/// Guards that hold messages against the contract.
@NullMarked
package dev.gatewarden.controls.guards.schema;

import org.jspecify.annotations.NullMarked;
