/// What a contract says of data, threats and tenants, as a design review reads it.
@NullMarked
package dev.gatewarden.acceptance.design;

import org.jspecify.annotations.NullMarked;
