/// What the program finds out of APIs that nobody described to it.
@NullMarked
package dev.gatewarden.acceptance.discovery;

import org.jspecify.annotations.NullMarked;
