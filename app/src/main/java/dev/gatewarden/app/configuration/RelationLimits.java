package dev.gatewarden.app.configuration;

/// Bounds of what is remembered of whose objects are whose.
///
/// @param most of how many objects; beyond it an operation whose objects are to be remembered is
///     refused with 503, and nothing is forgotten. With `store: none` at most a million, and what
///     was not asked for the longest is forgotten
public record RelationLimits(@Default("10000000") int most) {}
