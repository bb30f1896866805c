/// Writing for people and machines.
@NullMarked
package dev.gatewarden.app.text;

import org.jspecify.annotations.NullMarked;
