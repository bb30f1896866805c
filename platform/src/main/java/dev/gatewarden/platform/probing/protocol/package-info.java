/// What fuzzing has in common that is not done by paths and methods: GraphQL and gRPC.
@NullMarked
package dev.gatewarden.platform.probing.protocol;

import org.jspecify.annotations.NullMarked;
