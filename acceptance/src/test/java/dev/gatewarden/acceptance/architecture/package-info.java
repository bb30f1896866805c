/// The rules of the house, read from the compiled classes.
@NullMarked
package dev.gatewarden.acceptance.architecture;

import org.jspecify.annotations.NullMarked;
