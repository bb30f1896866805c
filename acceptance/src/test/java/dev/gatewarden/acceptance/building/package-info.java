/// What the program writes for services, on real data stores.
@NullMarked
package dev.gatewarden.acceptance.building;

import org.jspecify.annotations.NullMarked;
