package dev.gatewarden.app.configuration;

import java.util.List;

/// The keys of opaque ids: what types with `public-id: opaque` need.
///
/// @param keys of at least 32 bytes each; the first gives ids out, all of them are understood, so
///     that keys can be rotated
public record OpaqueIdKeys(List<SecretReference> keys) {}
