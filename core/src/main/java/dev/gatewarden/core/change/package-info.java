/// What is different between two versions of a contract, and what it means for callers and for
/// security.
@NullMarked
package dev.gatewarden.core.change;

import org.jspecify.annotations.NullMarked;
