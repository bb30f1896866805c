/// Runs the cases that stand beside a control, which are its examples and its tests.
@NullMarked
package dev.gatewarden.testkit.cases;

import org.jspecify.annotations.NullMarked;
