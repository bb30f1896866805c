/// Requests made from the schemas of a contract: right ones, and ones with one thing wrong.
@NullMarked
package dev.gatewarden.platform.probing.fuzz;

import org.jspecify.annotations.NullMarked;
