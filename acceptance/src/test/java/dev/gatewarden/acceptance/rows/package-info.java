/// What `./check rows` runs: tests of single controls, with these controls taken away.
@NullMarked
package dev.gatewarden.acceptance.rows;

import org.jspecify.annotations.NullMarked;
