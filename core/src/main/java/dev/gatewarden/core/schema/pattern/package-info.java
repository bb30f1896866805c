/// Regular expressions of ECMA-262 as automata: each character is looked at once, whatever the
/// expression.
@NullMarked
package dev.gatewarden.core.schema.pattern;

import org.jspecify.annotations.NullMarked;
