/// What a design review reads: which data an API moves, what threatens each of its routes, who
/// answers for them; worked out from a contract alone.
@NullMarked
package dev.gatewarden.core.design;

import org.jspecify.annotations.NullMarked;
