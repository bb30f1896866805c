/// A loaded configuration as a finite relation: who may do what to whose objects. It is computed by
/// the rules that guards judge by, and exhausted.
@NullMarked
package dev.gatewarden.core.policy.model;

import org.jspecify.annotations.NullMarked;
