/// In-memory twins of the ports, slow and obvious, and the contract suites that every adapter
/// passes.
@NullMarked
package dev.gatewarden.testkit.ports;

import org.jspecify.annotations.NullMarked;
