/// Reads XML as the values it stands for, in the one way that leaves no doubt.
@NullMarked
package dev.gatewarden.gateway.binder.body.xml;

import org.jspecify.annotations.NullMarked;
