/// Fuzzing from a GraphQL schema: documents and variables that it permits, and such with one thing
/// wrong.
@NullMarked
package dev.gatewarden.platform.probing.graphql;

import org.jspecify.annotations.NullMarked;
