/// Answers that come item by item, and are judged so while they pass.
@NullMarked
package dev.gatewarden.gateway.binder.stream;

import org.jspecify.annotations.NullMarked;
