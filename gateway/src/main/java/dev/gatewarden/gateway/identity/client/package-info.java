/// The gate as a client of authorization servers: how it proves itself to them, and what it asks.
@NullMarked
package dev.gatewarden.gateway.identity.client;

import org.jspecify.annotations.NullMarked;
