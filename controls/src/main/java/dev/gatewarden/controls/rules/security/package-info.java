/// Rules about how callers prove who they are, and about the ways their calls travel.
@NullMarked
package dev.gatewarden.controls.rules.security;

import org.jspecify.annotations.NullMarked;
