/// What a service is built with, written from its contract.
@NullMarked
package dev.gatewarden.platform.building;

import org.jspecify.annotations.NullMarked;
