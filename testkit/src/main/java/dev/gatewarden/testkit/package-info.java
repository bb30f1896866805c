/// What a test of a control needs.
@NullMarked
package dev.gatewarden.testkit;

import org.jspecify.annotations.NullMarked;
