/// The demonstration: a shop that can be robbed, the same shop behind the gate, and the attacks on
/// both.
@NullMarked
package dev.gatewarden.demo;

import org.jspecify.annotations.NullMarked;
