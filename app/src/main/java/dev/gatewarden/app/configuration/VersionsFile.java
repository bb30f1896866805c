package dev.gatewarden.app.configuration;

/// A file of its own for a version policy, where no gate is configured: one key, `versions`.
///
/// @param versions as an API of `gatewarden.yaml` says it
public record VersionsFile(Versions versions) {}
