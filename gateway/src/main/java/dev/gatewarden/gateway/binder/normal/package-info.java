/// Brings requests into the form that their contract declares, before anybody judges them.
@NullMarked
package dev.gatewarden.gateway.binder.normal;

import org.jspecify.annotations.NullMarked;
