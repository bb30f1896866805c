/// An authorization server with a small API beside it.
@NullMarked
package dev.gatewarden.demo.broken.passport;

import org.jspecify.annotations.NullMarked;
