/// Takes multipart bodies apart, in the one way they can be read.
@NullMarked
package dev.gatewarden.gateway.binder.body.multipart;

import org.jspecify.annotations.NullMarked;
