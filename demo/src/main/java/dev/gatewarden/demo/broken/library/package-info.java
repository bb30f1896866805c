/// A library in the style of JSON:API, with names and passwords on each request.
@NullMarked
package dev.gatewarden.demo.broken.library;

import org.jspecify.annotations.NullMarked;
