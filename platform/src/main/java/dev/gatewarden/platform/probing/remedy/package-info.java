/// What would end a fault that a probe found, in the words of the contract and of
/// `gatewarden.yaml`.
@NullMarked
package dev.gatewarden.platform.probing.remedy;

import org.jspecify.annotations.NullMarked;
