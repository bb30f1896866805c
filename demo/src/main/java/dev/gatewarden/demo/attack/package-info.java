/// The attacks, their good twins, and the table they make.
@NullMarked
package dev.gatewarden.demo.attack;

import org.jspecify.annotations.NullMarked;
