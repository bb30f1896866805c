/// Fuzzing from protobuf descriptors: calls of gRPC that they permit, and such with one thing
/// wrong.
@NullMarked
package dev.gatewarden.platform.probing.grpc;

import org.jspecify.annotations.NullMarked;
