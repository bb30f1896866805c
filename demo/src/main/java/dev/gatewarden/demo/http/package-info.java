/// Small servers on loopback.
@NullMarked
package dev.gatewarden.demo.http;

import org.jspecify.annotations.NullMarked;
