/// What an operator writes in `gatewarden.yaml`, read strictly into documented records.
@NullMarked
package dev.gatewarden.app.configuration;

import org.jspecify.annotations.NullMarked;
