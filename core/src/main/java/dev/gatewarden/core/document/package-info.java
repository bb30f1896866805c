/// Documents as trees that know where each value stands.
@NullMarked
package dev.gatewarden.core.document;

import org.jspecify.annotations.NullMarked;
