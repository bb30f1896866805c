/// What a request costs, beside a bare proxy in the same run.
@NullMarked
package dev.gatewarden.bench;

import org.jspecify.annotations.NullMarked;
