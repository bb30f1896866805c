/// The contracts that a configuration names, read and held against it.
@NullMarked
package dev.gatewarden.app.contracts;

import org.jspecify.annotations.NullMarked;
