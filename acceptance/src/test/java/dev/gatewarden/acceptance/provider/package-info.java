/// An authorization server that others wrote, with the people and clients that tests need.
@NullMarked
package dev.gatewarden.acceptance.provider;

import org.jspecify.annotations.NullMarked;
