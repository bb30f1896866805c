/// The shop, its faults, and the shared cache in front of it.
@NullMarked
package dev.gatewarden.demo.shop;

import org.jspecify.annotations.NullMarked;
